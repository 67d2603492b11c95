import com.bandwidth.iris.sdk.IrisClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/** Makes calls of the SDK and says what came of them, one JSON line for each. */
final class Calls {
    static final String NUMBER = "9195551234";
    static final String USER = env("USER");

    private static final String ACCOUNTS = env("URL") + "/accounts/" + env("ACCOUNT") + "/";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Calls() {}

    /** What a call does; whatever it throws is a failure. */
    interface Made<T> {
        T made() throws Exception;
    }

    /** A call of which only its success counts. */
    interface Done {
        void done() throws Exception;
    }

    static IrisClient client() {
        return new IrisClient(env("URL"), env("ACCOUNT"), USER, env("PASSWORD"), "v1.0");
    }

    static <T> T call(String name, Made<T> call) {
        T made = null;
        String detail = null;
        try {
            made = call.made();
        } catch (Throwable error) {
            Throwable cause = error;
            while (cause.getMessage() == null && cause.getCause() != null) {
                cause = cause.getCause();
            }
            detail = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        }
        System.out.println("{\"call\": " + quoted(name) + ", \"result\": \"" + (detail == null ? "ok" : "failed")
            + "\", \"detail\": " + quoted(detail == null ? "" : detail) + "}");
        return made;
    }

    static void call(String name, Done call) {
        call(name, () -> {
            call.done();
            return null;
        });
    }

    static void is(Object found, Object wanted) {
        if (!Objects.equals(found, wanted)) {
            throw new AssertionError(found + " instead of " + wanted);
        }
    }

    static String id(String found) {
        if (found == null || !found.matches("[0-9a-f-]{36}")) {
            throw new AssertionError("no id: " + found);
        }
        return found;
    }

    /** What happens at the desk meanwhile. */
    static void desk(String resource, String order, String status) throws Exception {
        operator(resource + "/" + order + "/status", "application/json", "{\"status\": \"" + status + "\"}");
    }

    /** Something that only the operator does; the id of what it made. */
    static String operator(String path, String type, String body) throws Exception {
        String user = env("OPERATOR") + ":" + env("OPERATOR_PASSWORD");
        HttpRequest request = HttpRequest.newBuilder(URI.create(ACCOUNTS + path))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user.getBytes()))
            .header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)).build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.headers().firstValue("Location").map(to -> to.substring(to.lastIndexOf('/') + 1)).orElse(null);
    }

    static Map<String, Object> query(Object... pairs) {
        Map<String, Object> made = new java.util.LinkedHashMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            made.put((String) pairs[at], pairs[at + 1]);
        }
        return made;
    }

    private static String env(String name) {
        return System.getenv("COMPAT_" + name);
    }

    private static String quoted(String text) {
        StringBuilder made = new StringBuilder("\"");
        for (char each : text.toCharArray()) {
            if (each == '"' || each == '\\') {
                made.append('\\').append(each);
            } else if (each < ' ') {
                made.append(String.format("\\u%04x", (int) each));
            } else {
                made.append(each);
            }
        }
        return made.append('"').toString();
    }
}
