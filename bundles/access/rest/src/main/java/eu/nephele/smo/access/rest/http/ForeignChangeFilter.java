// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import eu.nephele.smo.access.http.ProblemKind;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.port.OnStandby;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.CallContext.Remote;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.AccessControl;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Filters changes by other vendors' bundles. Changes by our own resources pass an authorized service of the core, which
 * checks the ownership of the database and writes the audit; those of others need not. So a standby refuses every
 * request that is not a read, unless the method or its class is {@link OnStandby}, and each one is recorded in the
 * audit with its outcome.
 */
@Priority(Priorities.AUTHORIZATION)
public final class ForeignChangeFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String PROPERTY = "smo.foreignChange";
    private static final int FIRST_REFUSAL = 400;

    private final AccessControl access;
    private final Predicate<Class<?>> ours;

    @Context
    private @Nullable ResourceInfo resource;

    public ForeignChangeFilter(AccessControl access, Predicate<Class<?>> ours) {
        this.access = access;
        this.ours = ours;
    }

    /** @throws SmoException {@code UNAVAILABLE}, with the address of the owner, on a standby */
    @Override
    public void filter(ContainerRequestContext request) {
        ResourceInfo called = resource;
        if (called == null || READING.contains(request.getMethod()) || !isForeign(called, request)) {
            return;
        }
        request.setProperty(PROPERTY, RequestCaller.from(request));
        if (!isOnStandby(called)) {
            access.requireTenure();
        }
    }

    /** Our own sub-resources count as foreign, too, when a foreign resource returns them. */
    private boolean isForeign(ResourceInfo called, ContainerRequestContext request) {
        return Stream.concat(
                        Stream.ofNullable(called.getResourceClass()),
                        request.getUriInfo().getMatchedResources().stream().map(Object::getClass))
                .anyMatch(type -> !ours.test(type));
    }

    private static boolean isOnStandby(ResourceInfo called) {
        return Stream.of(
                        Optional.ofNullable(called.getResourceMethod()), Optional.ofNullable(called.getResourceClass()))
                .flatMap(Optional::stream)
                .anyMatch(element -> element.isAnnotationPresent(OnStandby.class));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(PROPERTY) instanceof CallContext call) {
            request.removeProperty(PROPERTY);
            call.remote().map(Remote::address).ifPresent(address -> access.audit()
                    .record(new AuditRecord(
                            Instant.now(),
                            call.origin().principal(),
                            address,
                            "path." + request.getMethod().toLowerCase(Locale.ROOT),
                            "path" + request.getUriInfo().getRequestUri().getPath(),
                            outcome(response.getStatus()),
                            call.origin().correlationId())));
        }
    }

    /** Uses the same words as the authorized services of the core. */
    private static String outcome(int status) {
        if (status < FIRST_REFUSAL) {
            return "accepted";
        }
        return Stream.of(SmoException.Kind.values())
                .filter(kind -> ProblemKind.from(kind).status() == status)
                .findFirst()
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .orElse("failed");
    }
}
