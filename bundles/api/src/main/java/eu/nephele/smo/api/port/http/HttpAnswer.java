// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port.http;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A complete answer.
 *
 * @param status HTTP status
 * @param headers header in lower case → first value
 * @param body the whole text, "" where there is none
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {

    public HttpAnswer {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /** A header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
