// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit.fuzz;

import java.util.List;

/**
 * A request that knows the contract and does not keep to it.
 *
 * @param target path and query, percent-encoded
 * @param headers names and values in turns, of visible characters
 * @param body "" for none
 */
public record HostileRequest(String method, String target, List<String> headers, String body) {

    private static final int SHOWN = 2_000;

    public HostileRequest {
        headers = List.copyOf(headers);
    }

    @Override
    public String toString() {
        return method + " " + shown(target) + " "
                + headers.stream().map(HostileRequest::shown).toList() + " " + shown(body);
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + ")";
    }
}
