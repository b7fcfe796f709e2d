// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.subsystem;

import eu.nephele.smo.core.contract.plugin.ShutdownGate;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/** Releases a subsystem when its call has been answered, even if bytes are still to be written. */
@Priority(Integer.MIN_VALUE + 2)
public final class SubsystemFilter implements ContainerResponseFilter {

    private static final String PROPERTY = "smo.subsystem";

    static void mark(ContainerRequestContext request, ShutdownGate inside) {
        request.setProperty(PROPERTY, inside);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(PROPERTY) instanceof ShutdownGate inside) {
            request.removeProperty(PROPERTY);
            inside.leave();
        }
    }
}
