// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Shortens texts of other systems for messages. */
final class RegistryMessages {

    private static final int MAX_LENGTH = 300;

    private RegistryMessages() {}

    /** Removes control characters, and limits the text to some hundred characters. */
    static String bounded(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH) + "…";
    }

    /** Returns the message in the body of a registry's failure; "" without one. */
    static String ofRegistry(String body) {
        Object errors = RegistryJson.object(body)
                .map(answer -> (Object) answer.get("errors"))
                .orElse("");
        return errors instanceof List<?> listed
                ? bounded(listed.stream().map(RegistryMessages::error).collect(Collectors.joining("; ")))
                : bounded(body);
    }

    private static String error(Object error) {
        return error instanceof Map<?, ?> fields
                ? Objects.toString(fields.get("code"), "") + " " + Objects.toString(fields.get("message"), "")
                : String.valueOf(error);
    }
}
