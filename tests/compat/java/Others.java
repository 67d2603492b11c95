import com.bandwidth.iris.sdk.IrisClient;
import com.bandwidth.iris.sdk.model.*;
import java.io.File;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The calls on the other types of orders. Each has a client of its own: one that failed may be of no more use. */
final class Others {
    private Others() {}

    static void all() throws Exception {
        options(Calls.client());
        listings(Calls.client());
        names(Calls.client());
        csrs(Calls.client());
        imports(Calls.client());
        removals(Calls.client());
        emergencies(Calls.client());
    }

    private static void options(IrisClient client) {
        TnOptionOrder wish = new TnOptionOrder();
        wish.setCustomerOrderId("OPT-1");
        TnOptionGroup group = new TnOptionGroup();
        group.setPortOutPasscode("a1b2c3");
        group.setTelephoneNumbers(List.of(Calls.NUMBER));
        wish.setTnOptionGroups(new ArrayList<>(List.of(group)));
        TnOptionOrderResponse made = Calls.call("TnOptions.create", () -> TnOptions.create(client, wish));
        Calls.call("TnOptions.get", () -> {
            TnOptionOrder found = TnOptions.get(client, Calls.id(made.getTnOptionOrder().getOrderId()));
            Calls.is(found.getProcessingStatus(), "RECEIVED");
            Calls.is(found.getTnOptionGroups().get(0).getTelephoneNumbers(), List.of(Calls.NUMBER));
        });
        Calls.call("TnOptions.list", () -> Calls.is(TnOptions.list(client, null).getTnOptionOrderSummarys().size(), 1));
    }

    private static void listings(IrisClient client) {
        DldaOrder wish = new DldaOrder();
        DldaTnGroup group = new DldaTnGroup();
        group.getTelephoneNumberList().add(Calls.NUMBER);
        group.setAccountType("RESIDENCE");
        group.setListingType("LISTED");
        wish.getDldaTnGroups().add(group);
        DldaOrder made = Calls.call("DldaOrder.create", () -> DldaOrder.create(client, wish));
        Calls.call("DldaOrder.get", () ->
            Calls.is(DldaOrder.get(client, Calls.id(made.getOrderId())).getProcessingStatus(), "RECEIVED"));
        Calls.call("DldaOrder.list", () -> DldaOrder.list(client, Calls.query("telephoneNumber", Calls.NUMBER)));
    }

    private static void names(IrisClient client) {
        LidbOrder wish = new LidbOrder();
        LidbTnGroup group = new LidbTnGroup();
        group.getTelephoneNumberList().add(Calls.NUMBER);
        group.setSubscriberInformation("Example");
        group.setUseType("BUSINESS");
        wish.getLidbTnGroupList().add(group);
        Calls.call("LidbOrder.create", () -> LidbOrder.create(client, wish));
    }

    private static void csrs(IrisClient client) {
        Csr wish = new Csr();
        wish.setCustomerOrderId("CSR-1");
        wish.setCity("Cary");
        CsrResponse made = Calls.call("Csr.Create", () -> Csr.Create(client, wish));
        String id = made == null ? "none" : made.getOrderId();
        Calls.call("Csr.Get", () -> Calls.is(Csr.Get(client, Calls.id(id)).getStatus(), "RECEIVED"));
        Calls.call("Csr.GetNotes, none", () -> Csr.GetNotes(client, id));
        Calls.call("Csr.AddNote", () -> Csr.AddNote(client, id, Sdk.note()));
        Calls.call("Csr.GetNotes", () -> Calls.is(Csr.GetNotes(client, id).getNotes().size(), 1));
        Calls.call("Csr.UpdateNote", () -> {
            String note = Csr.GetNotes(client, id).getNotes().get(0).getId();
            Csr.UpdateNote(client, id, note, Sdk.note());
        });
        Calls.call("Csr.Replace", () -> {
            Calls.desk("csrs", id, "PROCESSING");
            Calls.is(Csr.Replace(client, id, wish).getOrderId(), id);
        });
    }

    private static void imports(IrisClient client) throws Exception {
        ImportTnOrder wish = new ImportTnOrder();
        wish.setCustomerOrderId("IM-1");
        wish.setSiteId(743);
        wish.setSipPeer(303);
        Calls.call("ImportTnOrder.Create", () -> ImportTnOrder.Create(client, wish));
        String one = "<TelephoneNumbers><TelephoneNumber>" + Calls.NUMBER + "</TelephoneNumber></TelephoneNumbers>";
        Calls.operator("importTnOrders", "application/xml", "<ImportTnOrder><CustomerOrderId>IM-2</CustomerOrderId>"
            + "<SiteId>743</SiteId><SipPeerId>303</SipPeerId>" + one + "</ImportTnOrder>");
        ImportTnOrders listed = Calls.call("ImportTnOrder.List", () -> {
            ImportTnOrders found = ImportTnOrder.List(client, Calls.query());
            Calls.is(found.getImportTnOrderSummaryList().size(), 1);
            return found;
        });
        String id = listed == null ? "none" : listed.getImportTnOrderSummaryList().get(0).getOrderId();
        Calls.call("ImportTnOrder.Get", () -> Calls.is(ImportTnOrder.Get(client, id).getOrderId(), id));
        Calls.call("ImportTnOrder.GetHistory", () ->
            Calls.is(ImportTnOrder.GetHistory(client, id).getOrderHistoryList().get(0).getStatus(), "RECEIVED"));
        papers(client, id);
    }

    private static void papers(IrisClient client, String id) throws Exception {
        File letter = File.createTempFile("letter", ".pdf");
        letter.deleteOnExit();
        Files.writeString(letter.toPath(), "%PDF-1.4\n%%EOF\n");
        String pdf = "application/pdf";
        FileMetaData data = new FileMetaData();
        data.setDocumentName("letter.pdf");
        data.setDocumentType("LOA");
        Calls.call("ImportTnOrder.UploadLoasFile", () -> ImportTnOrder.UploadLoasFile(client, id, letter, pdf));
        FileListResponse files = Calls.call("ImportTnOrder.GetLoas", () -> {
            FileListResponse found = ImportTnOrder.GetLoas(client, id);
            Calls.is(found.getFileCount(), 1);
            return found;
        });
        String name = files == null ? "none.pdf" : files.getFileNames()[0];
        Calls.call("ImportTnOrder.GetLoasFile", () ->
            Calls.is(new String(ImportTnOrder.GetLoasFile(client, id, name)), "%PDF-1.4\n%%EOF\n"));
        Calls.call("ImportTnOrder.ReplaceLoasFile", () -> ImportTnOrder.ReplaceLoasFile(client, id, name, letter, pdf));
        Calls.call("ImportTnOrder.CreateLoasFileMetadata", () ->
            ImportTnOrder.CreateLoasFileMetadata(client, id, name, data));
        Calls.call("ImportTnOrder.GetLoasFileMetadata", () ->
            Calls.is(ImportTnOrder.GetLoasFileMetadata(client, id, name).getDocumentName(), "letter.pdf"));
        Calls.call("ImportTnOrder.DeleteLoasFileMetadata", () ->
            ImportTnOrder.DeleteLoasFileMetadata(client, id, name));
        Calls.call("ImportTnOrder.DeleteLoasFile", () -> ImportTnOrder.DeleteLoasFile(client, id, name));
    }

    private static void removals(IrisClient client) throws Exception {
        RemoveImportedTnOrder wish = new RemoveImportedTnOrder();
        wish.setCustomerOrderId("RM-1");
        Calls.call("RemoveImportedTnOrder.Create", () -> RemoveImportedTnOrder.Create(client, wish));
        Calls.operator("removeImportedTnOrders", "application/xml", "<RemoveImportedTnOrder><TelephoneNumbers>"
            + "<TelephoneNumber>" + Calls.NUMBER + "</TelephoneNumber></TelephoneNumbers></RemoveImportedTnOrder>");
        RemoveImportedTnOrders listed = Calls.call("RemoveImportedTnOrder.List", () -> {
            RemoveImportedTnOrders found = RemoveImportedTnOrder.List(client, Calls.query());
            Calls.is(found.getRemoveImportedTnOrderSummaryList().size(), 1);
            return found;
        });
        String id = listed == null ? "none" : listed.getRemoveImportedTnOrderSummaryList().get(0).getOrderId();
        Calls.call("RemoveImportedTnOrder.Get", () ->
            Calls.is(RemoveImportedTnOrder.Get(client, id).getOrderId(), id));
        Calls.call("RemoveImportedTnOrder.GetHistory", () -> {
            OrderHistoryWrapper found = RemoveImportedTnOrder.GetHistory(client, id);
            Calls.is(found.getOrderHistoryList().get(0).getStatus(), "RECEIVED");
        });
    }

    private static void emergencies(IrisClient client) throws Exception {
        EmergencyNotificationGroupOrder group = new EmergencyNotificationGroupOrder();
        group.setCustomerOrderId("EN-1");
        Calls.call("EmergencyNotification.createGroupOrders", () ->
            EmergencyNotification.createGroupOrders(client, group));
        String id = Calls.operator("emergencyNotificationGroupOrders", "application/xml",
            "<EmergencyNotificationGroupOrder><CustomerOrderId>EN-2</CustomerOrderId>"
            + "<AddedEmergencyNotificationGroup><Description>building 5</Description></AddedEmergencyNotificationGroup>"
            + "</EmergencyNotificationGroupOrder>");
        Calls.call("EmergencyNotification.getGroupOrders", () ->
            Calls.is(EmergencyNotification.getGroupOrders(client, id).getOrderId(), id));
        Calls.call("EmergencyNotification.listGroupOrders", () -> {
            EmergencyNotificationGroupOrderResponse found = EmergencyNotification.listGroupOrders(client, null);
            Calls.is(found.getEmergencyNotificationGroupOrders().size(), 1);
        });

        EmergencyNotificationEndpointOrder wish = new EmergencyNotificationEndpointOrder();
        wish.setCustomerOrderId("EE-1");
        EepToEngAssociations added = new EepToEngAssociations();
        added.setEepTns(List.of(Calls.NUMBER));
        EmergencyNotificationEndpointAssociation association = new EmergencyNotificationEndpointAssociation();
        association.setAddedEepToEngAssociations(List.of(added));
        wish.setEmergencyNotificationEndpointAssociations(association);
        EmergencyNotificationEndpointOrderResponse made = Calls.call("EmergencyNotification.createEndpointOrder", () ->
            EmergencyNotification.createEndpointOrder(client, wish));
        Calls.call("EmergencyNotification.getEndpointOrder", () -> {
            String order = Calls.id(made.getEmergencyNotificationEndpointOrder().getOrderId());
            Calls.is(EmergencyNotification.getEndpointOrder(client, order)
                .getEmergencyNotificationEndpointOrder().getOrderId(), order);
        });
        Calls.call("EmergencyNotification.listEndpointOrders", () -> Calls.is(EmergencyNotification
            .listEndpointOrders(client, null).getEmergencyNotificationEndpointOrders().size(), 1));
    }
}
