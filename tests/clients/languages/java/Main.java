import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Reads {secrets, deliveries} from standard input; prints one line of JSON for each delivery. */
public final class Main {
    public static void main(String[] arguments) throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode script = json.readTree(System.in);
        DocketReceiver receiver = new DocketReceiver(json.convertValue(script.get("secrets"), String[].class));
        for (JsonNode delivery : script.get("deliveries")) {
            Map<String, String> headers = new HashMap<>();
            delivery.get("headers").fields().forEachRemaining(one -> headers.put(one.getKey(), one.getValue().asText()));
            byte[] body = Base64.getDecoder().decode(delivery.get("body").asText());
            try {
                System.out.println(json.writeValueAsString(
                        receiver.accept(headers, body, Instant.ofEpochSecond(delivery.get("now").asLong()))));
            } catch (DocketReceiver.NotGenuine refused) {
                System.out.println("{\"refused\": true}");
            }
        }
    }
}
