// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request, without the address of the server and without credentials.
 *
 * @param path with query, beginning with a slash
 * @param patience longest wait for the answer
 * @param repeatable whether it may be sent again although the first one may have arrived
 */
public record SmoRequest(
        String method,
        String path,
        Map<String, String> headers,
        Optional<RequestBody> body,
        Duration patience,
        boolean repeatable) {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int NOT_FOUND = 404;

    public SmoRequest {
        headers = Map.copyOf(headers);
    }

    public static SmoRequest get(String path) {
        return new SmoRequest("GET", path, Map.of("Accept", "application/json"), Optional.empty(), PATIENCE, true);
    }

    /** A change that the server does not recognise when it comes twice. */
    public static SmoRequest change(String method, String path, Optional<RequestBody> body) {
        return new SmoRequest(method, path, Map.of("Accept", "application/json"), body, PATIENCE, false);
    }

    public SmoRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new SmoRequest(method, path, more, body, patience, repeatable);
    }

    public SmoRequest within(Duration longest) {
        return new SmoRequest(method, path, headers, body, longest, repeatable);
    }

    public SmoRequest asRepeatable() {
        return new SmoRequest(method, path, headers, body, patience, true);
    }

    /**
     * Whether that answer to a repetition says that the first request, whose answer was lost, was carried out: what it removed is gone. A
     * request with a key gets the answer of the first one.
     */
    boolean isDoneBefore(SmoResponse response) {
        return response.status() == NOT_FOUND
                && method.equals("DELETE")
                && !headers.containsKey(IDEMPOTENCY_KEY)
                // another 404 is that of a proxy that does not find the server
                && !SmoProblem.from(response).type().isEmpty();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
