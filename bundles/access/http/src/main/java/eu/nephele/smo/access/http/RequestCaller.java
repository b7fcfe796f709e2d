// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/** Reads the caller of a request, as the gate has stored it. */
public final class RequestCaller {

    private RequestCaller() {}

    /** @throws SmoException {@code UNAVAILABLE} when the gate is missing */
    public static CallContext from(ContainerRequestContext request) {
        if (request.getProperty(CallContext.PROPERTY) instanceof CallContext call) {
            return call;
        }
        throw SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The caller is unknown, because the gate is missing. See /health/ready and the log",
                Optional.empty());
    }
}
