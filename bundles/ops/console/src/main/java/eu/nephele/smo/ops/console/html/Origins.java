// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.html;

import eu.nephele.smo.api.runtime.RequestOrigin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who asks, as the gate has written it into the request. */
public final class Origins {

    private Origins() {}

    /** The person at the browser. */
    public static RequestOrigin of(HttpServletRequest request) {
        return new RequestOrigin(
                attribute(request, "smo.principal").orElse("admin"),
                attribute(request, "smo.correlationId").orElse(""),
                Optional.empty());
    }

    private static Optional<String> attribute(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getAttribute(name)).map(Object::toString);
    }
}
