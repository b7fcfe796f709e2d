// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import eu.nephele.smo.api.runtime.CallContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.Set;

/** Lets everybody in as administrator. */
@PreMatching
@Priority(0)
public final class AnybodysGate implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(
                CallContext.PROPERTY,
                CallContext.of("anonymous", "127.0.0.1", Set.of("admin"), CorrelationFilter.idOf(request)));
    }
}
