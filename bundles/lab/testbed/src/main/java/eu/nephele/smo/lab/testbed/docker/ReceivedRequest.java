// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.docker;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param path decoded, without the query
 * @param query decoded
 * @param agent who asks, "" when it does not say so
 * @param body text in UTF-8, "" for none
 */
public record ReceivedRequest(String method, String path, Map<String, String> query, String agent, String body) {

    public ReceivedRequest {
        query = Map.copyOf(query);
    }

    /** @param target as the request line has it */
    static ReceivedRequest received(String method, String target, String agent, String body) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        Map<String, String> query = new HashMap<>();
        if (mark >= 0) {
            for (String pair : target.substring(mark + 1).split("&", 0)) {
                String[] sides = pair.split("=", 2);
                query.put(decoded(sides[0]), sides.length < 2 ? "" : decoded(sides[1]));
            }
        }
        return new ReceivedRequest(method, decoded(path), query, agent, body);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** As the interface reads a flag: {@code 1} and {@code true}. */
    boolean says(String name) {
        return parameter(name)
                .filter(text -> text.equals("1") || text.equals("true"))
                .isPresent();
    }
}
