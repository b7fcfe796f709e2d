// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.html;

import eu.nephele.smo.api.runtime.SmoException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/** Fields of a form. */
public final class FormFields {

    private FormFields() {}

    public static Optional<String> optional(HttpServletRequest request, String field) {
        return Optional.ofNullable(request.getParameter(field))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    public static String required(HttpServletRequest request, String field) {
        return optional(request, field)
                .orElseThrow(() -> SmoException.invalid("The form lacks the field " + field, List.of()));
    }
}
