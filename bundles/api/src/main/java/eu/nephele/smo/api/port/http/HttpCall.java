// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port.http;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One request.
 *
 * @param method {@code GET}, {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}
 * @param path path and query below the address of the system, encoded, beginning with {@code /}
 * @param what what is tried, for people: the beginning of the message of a failure
 * @param headers header → value; credentials come from the settings
 * @param body text of the request, sent as UTF-8
 * @param expecting statuses outside 200 to 299 that are an answer, not a failure
 * @param json whether an answer from 200 to 299 has to be JSON: anything else is a failure (a proxy's page, say)
 */
public record HttpCall(
        String method,
        String path,
        String what,
        Map<String, String> headers,
        Optional<String> body,
        Set<Integer> expecting,
        boolean json) {

    public HttpCall {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        expecting = Set.copyOf(expecting);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("The path of a call begins with /, not as in " + path);
        }
    }

    /** A request without a body, whose answer is JSON. */
    public static HttpCall of(String method, String path, String what) {
        return new HttpCall(method, path, what, Map.of("Accept", "application/json"), Optional.empty(), Set.of(), true);
    }

    /** The same with a body of JSON. */
    public HttpCall json(String body) {
        return body(body, "application/json");
    }

    /** The same with a body. */
    public HttpCall body(String body, String contentType) {
        return new HttpCall(method, path, what, with("Content-Type", contentType), Optional.of(body), expecting, json);
    }

    /** The same with a header. */
    public HttpCall header(String name, String value) {
        return new HttpCall(method, path, what, with(name, value), body, expecting, json);
    }

    /** The same, where these statuses are answers too. */
    public HttpCall expecting(Integer... statuses) {
        return new HttpCall(method, path, what, headers, body, Set.of(statuses), json);
    }

    /** The same, where the answer may be any text. */
    public HttpCall anyText() {
        return new HttpCall(method, path, what, headers, body, expecting, false);
    }

    private Map<String, String> with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return more;
    }
}
