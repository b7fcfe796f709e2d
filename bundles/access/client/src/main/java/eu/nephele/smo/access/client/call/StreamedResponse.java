// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import java.io.InputStream;
import java.util.Map;

/**
 * An answer that is read as it comes.
 *
 * @param headers by name in lower case, the first value of each
 * @param body to be closed
 */
public record StreamedResponse(int status, Map<String, String> headers, InputStream body) {

    public StreamedResponse {
        headers = Map.copyOf(headers);
    }
}
