// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import land.oras.exception.OrasException;
import land.oras.utils.JsonUtils;

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
        try {
            Map<?, ?> answer = JsonUtils.fromJson(body, Map.class);
            if (answer != null && answer.get("errors") instanceof List<?> errors) {
                return bounded(errors.stream().map(RegistryMessages::error).collect(Collectors.joining("; ")));
            }
        } catch (OrasException noJson) {
            return bounded(body);
        }
        return bounded(body);
    }

    private static String error(Object error) {
        return error instanceof Map<?, ?> fields
                ? Objects.toString(fields.get("code"), "") + " " + Objects.toString(fields.get("message"), "")
                : String.valueOf(error);
    }
}
