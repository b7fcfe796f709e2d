// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.server;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A complete answer.
 *
 * @param headers by name in small letters, the last of each
 * @param text of the body, "" for none
 */
public record RawResponse(int status, Map<String, String> headers, String text) {

    public RawResponse {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public boolean isGood() {
        return status / 100 == 2;
    }

    public boolean isOverload() {
        return status == 503 && headers.containsKey("retry-after");
    }
}
