// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Body of a request: a text, or a file that is sent unchanged.
 *
 * @param text empty for a file
 * @param file empty for a text
 */
public record RequestBody(Optional<String> text, Optional<Path> file, String mediaType) {

    private static final String JSON = "application/json";

    public static RequestBody json(String text) {
        return new RequestBody(Optional.of(text), Optional.empty(), JSON);
    }

    public static RequestBody text(String text, String mediaType) {
        return new RequestBody(Optional.of(text), Optional.empty(), mediaType);
    }

    public static RequestBody file(Path file, String mediaType) {
        return new RequestBody(Optional.empty(), Optional.of(file), mediaType);
    }

    /** A descriptor, JSON if it begins as an object, else YAML. */
    public static RequestBody descriptor(String text) {
        return text(text, text.stripLeading().startsWith("{") ? JSON : "application/yaml");
    }
}
