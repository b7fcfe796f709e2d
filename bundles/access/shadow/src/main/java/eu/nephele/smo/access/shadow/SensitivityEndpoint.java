// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.shadow;

import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.QueryParameters;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.shadow.SensitivityService;
import eu.nephele.smo.core.contract.shadow.SensitivityService.WeightSweep;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What placements other weights of an objective would choose for a graph. */
@Path("api/v1/sensitivity")
@Produces(MediaType.APPLICATION_JSON)
public final class SensitivityEndpoint {

    private static final double USUAL_TO = 10;
    private static final int USUAL_STEPS = 21;

    private final SensitivityService sensitivity;

    public SensitivityEndpoint(SensitivityService sensitivity) {
        this.sensitivity = sensitivity;
    }

    @GET
    public Response sweep(
            @Context ContainerRequestContext request,
            @QueryParam("graph") @Nullable String graph,
            @QueryParam("objective") @Nullable String objective,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("steps") @Nullable String steps,
            @QueryParam("strategy") @Nullable String strategy,
            @QueryParam("decision") @Nullable String decision) {
        GraphId id = QueryParameters.text(graph)
                .flatMap(QueryParameters::graph)
                .orElseThrow(() -> PageRequest.invalid("graph is missing or malformed, expected project/name"));
        WeightSweep sweep = sweep(
                QueryParameters.text(objective)
                        .orElseThrow(() -> PageRequest.invalid("objective is missing, expected its name")),
                from == null ? 0 : number("from", from),
                to == null ? USUAL_TO : number("to", to),
                steps == null ? USUAL_STEPS : steps(steps),
                QueryParameters.text(strategy),
                QueryParameters.text(decision));
        return sensitivity
                .sweep(id, sweep, RequestCaller.from(request))
                .map(answer -> Responses.cacheable(request, answer))
                .orElseThrow(() -> SmoException.notFound("Graph %s has no placement decision%s"
                        .formatted(
                                id, sweep.decision().map(named -> " " + named).orElse(""))));
    }

    private static WeightSweep sweep(
            String objective, double from, double to, int steps, Optional<String> strategy, Optional<String> decision) {
        try {
            return new WeightSweep(objective, from, to, steps, strategy, decision);
        } catch (IllegalArgumentException wrong) {
            throw PageRequest.invalid(String.valueOf(wrong.getMessage()));
        }
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw PageRequest.invalid("%s is '%s', expected a number".formatted(name, text));
        }
    }

    private static int steps(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw PageRequest.invalid("steps is '%s', expected a whole number".formatted(text));
        }
    }
}
