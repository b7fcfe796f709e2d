// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import eu.nephele.smo.core.contract.admission.AdmissionControl;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses descriptors unread while the engine takes no changes: a refusal must cost much less than the work. A request with a key may
 * repeat one that was accepted, which only the engine can tell; it asks again before it stores anything.
 */
@Priority(Priorities.USER + 1)
public final class AdmissionFilter implements ContainerRequestFilter {

    private final Supplier<Optional<AdmissionControl>> admission;

    @Context
    private @Nullable ResourceInfo resource;

    /** @param admission empty while the engine is away */
    public AdmissionFilter(Supplier<Optional<AdmissionControl>> admission) {
        this.admission = admission;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        boolean concerned = resource != null
                && resource.getResourceMethod() != null
                && resource.getResourceMethod().isAnnotationPresent(Admitted.class);
        if (concerned && !request.getHeaders().containsKey(OriginFilter.KEY_HEADER)) {
            admission.get().ifPresent(AdmissionControl::admitChange);
        }
    }
}
