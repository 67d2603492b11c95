import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Receives Docket's callbacks. One file, with Jackson for JSON: copy it into your project. Java 17 and later.
 *
 * <p>{@code accept} gives the notification, or null for one that came before: answer 204 in both cases, and 401 where
 * it threw NotGenuine. Give header names in lower case, and the body exactly as it came.
 */
public final class DocketReceiver {

    /** How far the sender's clock and yours may differ. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** The request was not signed with one of the secrets, is too old, or cannot be read. */
    public static final class NotGenuine extends Exception {
        NotGenuine(String why) {
            super(why);
        }
    }

    /**
     * One notification; {@code content} holds the document's members by their JSON names. {@code missed}: so many of
     * this order were given up before; {@code late}: a later one came already. Then read …/history?after={after}.
     */
    public record Notification(
            String id, String order, int sequence, int attempt, int missed, int after, boolean late,
            Map<String, Object> content) {}

    private final List<String> secrets;
    private final Set<String> ids = new HashSet<>(); // keep both in your database, if they are to survive a restart
    private final Map<String, Integer> last = new HashMap<>();

    /** Give the old secret and the new one while a secret is being changed. */
    public DocketReceiver(String... secrets) {
        this.secrets = List.of(secrets);
    }

    public synchronized Notification accept(Map<String, String> headers, byte[] body, Instant now) throws NotGenuine {
        verify(secrets, headers, body, now);
        Map<String, Object> content = parse(body);
        String id = headers.get("webhook-id");
        if (!ids.add(id)) {
            return null;
        }
        String order = headers.getOrDefault("docket-order", "");
        int sequence = number(headers, "docket-sequence");
        int before = last.getOrDefault(order, 0);
        last.merge(order, sequence, Math::max);
        return new Notification(
                id, order, sequence, number(headers, "docket-attempt"), number(headers, "docket-missed"),
                Math.min(before, sequence), sequence < before, content);
    }

    public static void verify(List<String> secrets, Map<String, String> headers, byte[] body, Instant now)
            throws NotGenuine {
        String id = headers.getOrDefault("webhook-id", "");
        String timestamp = headers.getOrDefault("webhook-timestamp", "");
        String given = headers.getOrDefault("webhook-signature", "");
        if (id.isEmpty() || given.isEmpty() || !timestamp.matches("\\d{1,15}")) {
            throw new NotGenuine("the webhook- headers are needed");
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
        if (age.compareTo(TOLERANCE) > 0) {
            throw new NotGenuine("webhook-timestamp is too far from now");
        }
        for (String secret : secrets) {
            byte[] expected = ("v1," + signature(secret, id + "." + timestamp + ".", body)).getBytes(StandardCharsets.US_ASCII);
            boolean fits = Arrays.stream(given.split(" "))
                    .anyMatch(one -> MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), expected));
            if (fits) {
                return;
            }
        }
        throw new NotGenuine("no signature fits");
    }

    /** JSON as it is; of XML the root's elements by their JSON names, a list where an element holds others. */
    public static Map<String, Object> parse(byte[] body) throws NotGenuine {
        try {
            if (new String(body, StandardCharsets.UTF_8).stripLeading().startsWith("{")) {
                return new ObjectMapper().readValue(body, new TypeReference<Map<String, Object>>() {});
            }
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Element root = factory.newDocumentBuilder().parse(new ByteArrayInputStream(body)).getDocumentElement();
            Map<String, Object> content = new LinkedHashMap<>();
            for (Element child : elements(root)) {
                String name = child.getTagName().substring(0, 1).toLowerCase() + child.getTagName().substring(1);
                List<Element> items = elements(child);
                content.put(name, items.isEmpty() ? child.getTextContent()
                        : items.stream().map(Element::getTextContent).toList());
            }
            return content;
        } catch (Exception unreadable) {
            throw new NotGenuine("the body cannot be read");
        }
    }

    private static List<Element> elements(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    private static String signature(String secret, String start, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
            mac.update(start.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every Java has HmacSHA256
        }
    }

    private static int number(Map<String, String> headers, String name) {
        return Integer.parseInt(headers.getOrDefault(name, "0"));
    }
}
