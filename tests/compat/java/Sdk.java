import com.bandwidth.iris.sdk.IrisClient;
import com.bandwidth.iris.sdk.model.*;
import java.io.File;
import java.nio.file.Files;

/** Every call of Bandwidth's Java SDK on orders and subscriptions, against a Docket. */
public final class Sdk {
    private static final IrisClient CLIENT = Calls.client();

    private Sdk() {}

    public static void main(String[] arguments) throws Exception {
        org.apache.log4j.BasicConfigurator.configure(new org.apache.log4j.varia.NullAppender());
        subscriptions();
        orders();
        portIns();
        disconnects();
        Others.all();
    }

    private static void subscriptions() {
        Subscription wish = new Subscription();
        wish.setOrderType("portins");
        CallbackSubscription callback = new CallbackSubscription();
        callback.setURL("http://127.0.0.1:8099/here");
        callback.setExpiry("3600");
        wish.setCallbackSubscription(callback);
        Subscription made = Calls.call("Subscription.create", () -> Subscription.create(CLIENT, wish));
        Calls.call("Subscription.get", () -> {
            Subscription found = Subscription.get(CLIENT, made.getSubscriptionId());
            Calls.is(found.getCallbackSubscription().getURL(), "http://127.0.0.1:8099/here");
        });
        Calls.call("Subscription.list", () -> Calls.is(Subscription.list(CLIENT, null).size(), 1));
        Calls.call("Subscription.list, none", () ->
            Calls.is(Subscription.list(CLIENT, Calls.query("orderType", "dldas")).size(), 0));
        Calls.call("subscription.update", () -> {
            made.getCallbackSubscription().setExpiry("7200");
            made.update();
        });
        Calls.call("subscription.delete", () -> made.delete());
        Calls.call("Subscription.create for mails", () -> {
            Subscription mails = new Subscription();
            mails.setOrderType("orders");
            EmailSubscription email = new EmailSubscription();
            email.setEmail("ann@example.net");
            email.setDigestRequested("NONE");
            mails.setEmailSubscription(email);
            Calls.is(Subscription.create(CLIENT, mails).getEmailSubscription().getEmail(), "ann@example.net");
        });
    }

    private static void orders() {
        Order wish = new Order();
        wish.setName("spring");
        wish.setSiteId("743");
        wish.setCustomerOrderId("PO-1");
        ExistingTelephoneNumberOrderType existing = new ExistingTelephoneNumberOrderType();
        existing.getTelephoneNumberList().add(Calls.NUMBER);
        wish.setExistingTelephoneNumberOrderType(existing);
        OrderResponse made = Calls.call("Order.create", () -> {
            OrderResponse found = Order.create(CLIENT, wish);
            Calls.id(found.getOrder().getid());
            Calls.is(found.getOrderStatus(), "RECEIVED");
            return found;
        });
        Calls.call("Order.create, refused", () -> {
            try {
                Order.create(CLIENT, new Order());
            } catch (com.bandwidth.iris.sdk.IrisClientException refused) {
                Calls.is(refused.toString().contains("5022") || refused.getMessage().contains("5022"), true);
                return;
            }
            throw new AssertionError("an order without a site was taken");
        });
        OrderResponse found = Calls.call("Order.get", () -> Order.get(CLIENT, made.getOrder().getid()));
        Calls.call("order.getNotes, none", () -> found.getOrder().getNotes());
        Calls.call("order.addNote", () -> found.getOrder().addNote(note()));
        Calls.call("order.getNotes", () -> Calls.is(found.getOrder().getNotes().getNotes().size(), 1));
        Calls.call("Order.get, complete", () -> {
            Calls.desk("orders", made.getOrder().getid(), "COMPLETE");
            Calls.is(Order.get(CLIENT, made.getOrder().getid()).getOrderStatus(), "COMPLETE");
        });
    }

    static Note note() {
        Note note = new Note();
        note.setUserId(Calls.USER);
        note.setDescription("Please move it to Friday.");
        return note;
    }

    private static void portIns() throws Exception {
        LnpOrder wish = new LnpOrder();
        wish.setSiteId("743");
        wish.setPeerId("500017");
        wish.setBillingTelephoneNumber(Calls.NUMBER);
        wish.setLoaAuthorizingPerson("A. Person");
        wish.setCustomerOrderId("PORT 7");
        wish.getListOfPhoneNumbers().add(Calls.NUMBER);
        Subscriber subscriber = new Subscriber();
        subscriber.setSubscriberType("BUSINESS");
        subscriber.setBusinessName("Example Books");
        wish.setSubscriber(subscriber);
        LnpOrderResponse made = Calls.call("LnpOrder.create", () -> {
            LnpOrderResponse found = LnpOrder.create(CLIENT, wish);
            Calls.id(found.getOrderId());
            Calls.is(found.getStatus().getCode(), "201");
            return found;
        });
        String id = made.getOrderId();
        LnpOrderResponse found = Calls.call("LnpOrder.get", () -> {
            LnpOrderResponse read = LnpOrder.get(CLIENT, id);
            Calls.is(read.getProcessingStatus(), "SUBMITTED");
            return read;
        });
        papers(found);
        Calls.call("lnpOrder.update", () -> {
            LnpOrderSupp supp = new LnpOrderSupp();
            supp.setLoaAuthorizingPerson("B. Person");
            found.update(supp);
            Calls.is(LnpOrder.get(CLIENT, id).getProcessingStatus(), "REQUESTED_SUPP");
        });
        Calls.call("lnpOrder.getActivationStatus", () -> {
            Calls.desk("portins", id, "FOC");
            found.getActivationStatus().getActivationStatus().getNotYetActivatedTelephoneNumberList();
        });
        Calls.call("lnpOrder.setActivationStatus", () -> {
            ActivationStatus status = new ActivationStatus();
            status.setAutoActivationDate(new java.util.Date());
            found.setActivationStatus(status);
        });
        Calls.call("lnpOrder.delete", () -> {
            found.delete();
            Calls.is(LnpOrder.get(CLIENT, id).getProcessingStatus(), "REQUESTED_CANCEL");
        });
    }

    private static void papers(LnpOrder order) throws Exception {
        File letter = File.createTempFile("letter", ".pdf");
        letter.deleteOnExit();
        Files.writeString(letter.toPath(), "%PDF-1.4\n%%EOF\n");
        Calls.call("lnpOrder.uploadLoa", () -> order.uploadLoa(letter, LoaFileType.PDF));
        String name = nameOfFile(order.getOrderId());
        FileMetaData data = new FileMetaData();
        data.setDocumentName("letter.pdf");
        data.setDocumentType("LOA");
        Calls.call("lnpOrder.updateLoaMetaData", () -> order.updateLoaMetaData(name, data));
        Calls.call("lnpOrder.getLoaMetaData", () ->
            Calls.is(order.getLoaMetaData(name).getDocumentName(), "letter.pdf"));
        Calls.call("lnpOrder.deleteLoaMetaData", () -> order.deleteLoaMetaData(name));
        Calls.call("lnpOrder.updateLoa", () -> order.updateLoa(named(letter, name), LoaFileType.PDF));
        Calls.call("lnpOrder.deleteLoa", () -> order.deleteLoa(name));
    }

    /** The SDK replaces the file that is called there as the new one is called here. */
    private static File named(File letter, String name) throws Exception {
        File same = new File(Files.createTempDirectory("letters").toFile(), name);
        Files.copy(letter.toPath(), same.toPath());
        return same;
    }

    /** The SDK has no list of a port-in's files, so its user asks for it by the SDK's client. */
    private static String nameOfFile(String order) {
        try {
            String uri = CLIENT.buildAccountModelUri(new String[] {"portins", order, "loas"});
            String listed = CLIENT.get(uri).getResponseBody();
            return listed.replaceAll("(?s).*?<fileNames>(.*?)</fileNames>.*", "$1");
        } catch (Exception none) {
            return "none.pdf";
        }
    }

    private static void disconnects() {
        DisconnectTelephoneNumberOrder wish = new DisconnectTelephoneNumberOrder();
        wish.setName("old trunks");
        DisconnectTelephoneNumberOrderType what = new DisconnectTelephoneNumberOrderType();
        what.getTelephoneNumberList().add(Calls.NUMBER);
        wish.setDisconnectTelephoneNumberOrderType(what);
        DisconnectTelephoneNumberOrderResponse made = Calls.call("DisconnectTelephoneNumberOrder.create", () -> {
            DisconnectTelephoneNumberOrderResponse found = DisconnectTelephoneNumberOrder.create(CLIENT, wish);
            Calls.id(found.getorderRequest().getid());
            return found;
        });
        Calls.call("DisconnectTelephoneNumberOrder.get", () -> {
            String id = made.getorderRequest().getid();
            Calls.is(DisconnectTelephoneNumberOrder.get(CLIENT, id).getOrderStatus(), "RECEIVED");
            Calls.desk("disconnects", id, "FAILED");
            Calls.is(DisconnectTelephoneNumberOrder.get(CLIENT, id).getOrderStatus(), "FAILED");
        });
    }
}
