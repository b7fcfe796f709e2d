// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import java.util.Map;
import java.util.Optional;

/**
 * An answer that was read as a whole.
 *
 * @param headers by name in lower case, the first value of each
 */
public record SmoResponse(int status, Map<String, String> headers, String body) {

    private static final int FIRST_ERROR = 400;

    public SmoResponse {
        headers = Map.copyOf(headers);
    }

    /** @param name in lower case */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public boolean isProblem() {
        return status >= FIRST_ERROR;
    }
}
