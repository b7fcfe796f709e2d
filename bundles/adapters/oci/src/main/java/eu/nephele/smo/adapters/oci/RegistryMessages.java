// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import land.oras.exception.OrasException;
import land.oras.utils.JsonUtils;

/** Texts of other systems in a form that fits into a message. */
final class RegistryMessages {

    private static final int MAX_LENGTH = 300;

    private RegistryMessages() {}

    /** Without control characters, and not longer than some hundred characters. */
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
