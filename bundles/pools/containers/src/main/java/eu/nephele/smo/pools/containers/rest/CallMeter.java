// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsExtension;

/** Counts and times the requests to what is {@link Metered}. */
@Metered
@Component(service = {ContainerRequestFilter.class, ContainerResponseFilter.class})
@JakartarsExtension
@JakartarsApplicationSelect("(osgi.jakartars.name=smo)")
public final class CallMeter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String BEGUN = CallMeter.class.getName();

    private final ContainerMetrics metrics;

    @Context
    private @Nullable ResourceInfo called;

    @Activate
    public CallMeter(@Reference ContainerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(BEGUN, System.nanoTime());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(BEGUN) instanceof Long begun) {
            String endpoint = Optional.ofNullable(called)
                    .map(ResourceInfo::getResourceMethod)
                    .map(method -> method.getAnnotation(Path.class))
                    .map(path -> "/" + path.value())
                    .orElse("/");
            metrics.request(
                    request.getMethod(), endpoint, response.getStatus(), Duration.ofNanos(System.nanoTime() - begun));
        }
    }
}
