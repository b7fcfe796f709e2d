// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;

/** Writes {@link Problem}s, completed with facts of the request. */
public final class ProblemFilter implements ContainerResponseFilter {

    private static final int PRECONDITION_FAILED = 412;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == PRECONDITION_FAILED && !response.hasEntity()) {
            response.setEntity(ProblemMapper.preconditionFailed());
        }
        if (response.getEntity() instanceof Problem problem) {
            String text = problem.json(
                            request.getUriInfo().getRequestUri().getRawPath(),
                            CorrelationFilter.idOf(request),
                            CorrelationFilter.traceOf(request))
                    .toString();
            response.setEntity(
                    text.getBytes(StandardCharsets.UTF_8), new Annotation[0], MediaType.valueOf(Problem.MEDIA_TYPE));
        }
    }
}
