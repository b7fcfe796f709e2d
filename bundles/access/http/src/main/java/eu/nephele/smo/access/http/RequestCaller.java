// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/** Reads the caller of a request, as the gate has stored it. */
public final class RequestCaller {

    private RequestCaller() {}

    /**
     * Returns the caller and its correlation.
     *
     * @throws SmoException {@code UNAVAILABLE} when no gate stands before the interface
     */
    public static CallContext from(ContainerRequestContext request) {
        if (request.getProperty(CallContext.PROPERTY) instanceof CallContext call) {
            return call;
        }
        throw SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "Nobody says who calls: the gate is not there. /health/ready and the log say more",
                Optional.empty());
    }
}
