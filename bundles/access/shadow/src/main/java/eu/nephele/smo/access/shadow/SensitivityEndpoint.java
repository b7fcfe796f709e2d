// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.shadow;

import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.QueryParameters;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.shadow.SensitivityService;
import eu.nephele.smo.core.contract.shadow.SensitivityService.ScalingInput;
import eu.nephele.smo.core.contract.shadow.SensitivityService.ScalingSweep;
import eu.nephele.smo.core.contract.shadow.SensitivityService.SweepRange;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What other weights, demand, capacities or parameters would have decided for a graph. */
@Path("api/v1/sensitivity")
@Produces(MediaType.APPLICATION_JSON)
public final class SensitivityEndpoint {

    private static final double USUAL_TO = 10;
    private static final int USUAL_STEPS = 21;
    private static final double USUAL_LEAST_FACTOR = 0.5;
    private static final double USUAL_LARGEST_FACTOR = 2;

    private final SensitivityService sensitivity;

    public SensitivityEndpoint(SensitivityService sensitivity) {
        this.sensitivity = sensitivity;
    }

    @GET
    public Response weights(
            @Context ContainerRequestContext request,
            @QueryParam("graph") @Nullable String graph,
            @QueryParam("objective") @Nullable String objective,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("steps") @Nullable String steps,
            @QueryParam("strategy") @Nullable String strategy,
            @QueryParam("decision") @Nullable String decision) {
        GraphId id = graph(graph);
        WeightSweep sweep = new WeightSweep(
                QueryParameters.text(objective)
                        .orElseThrow(() -> PageRequest.invalid("objective is missing, expected its name")),
                valid(() -> new SweepRange(number("from", from, 0), number("to", to, USUAL_TO), steps(steps))),
                QueryParameters.text(strategy),
                QueryParameters.text(decision));
        return sensitivity
                .sweep(id, sweep, RequestCaller.from(request))
                .map(answer -> Responses.cacheable(request, answer))
                .orElseThrow(() -> SmoException.notFound("Graph %s has no placement decision%s"
                        .formatted(
                                id, sweep.decision().map(named -> " " + named).orElse(""))));
    }

    @GET
    @Path("scaling")
    public Response scaling(
            @Context ContainerRequestContext request,
            @QueryParam("graph") @Nullable String graph,
            @QueryParam("input") @Nullable String input,
            @QueryParam("parameter") @Nullable String parameter,
            @QueryParam("service") @Nullable String service,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("steps") @Nullable String steps,
            @QueryParam("strategy") @Nullable String strategy,
            @QueryParam("decision") @Nullable String decision) {
        GraphId id = graph(graph);
        ScalingInput varied = input(QueryParameters.text(input), QueryParameters.text(parameter));
        ScalingSweep sweep = valid(() -> new ScalingSweep(
                varied,
                QueryParameters.text(parameter).orElse(""),
                varied == ScalingInput.PARAMETER
                        ? new SweepRange(required("from", from), required("to", to), steps(steps))
                        : new SweepRange(
                                number("from", from, USUAL_LEAST_FACTOR),
                                number("to", to, USUAL_LARGEST_FACTOR),
                                steps(steps)),
                QueryParameters.text(service),
                QueryParameters.text(strategy),
                QueryParameters.text(decision)));
        return sensitivity
                .sweep(id, sweep, RequestCaller.from(request))
                .map(answer -> Responses.cacheable(request, answer))
                .orElseThrow(() -> SmoException.notFound("Graph %s has no scaling decision%s%s that changed replicas"
                        .formatted(
                                id,
                                sweep.decision().map(named -> " " + named).orElse(""),
                                sweep.service().map(of -> " of " + of).orElse(""))));
    }

    private static ScalingInput input(Optional<String> input, Optional<String> parameter) {
        if (input.isPresent() == parameter.isPresent()) {
            throw PageRequest.invalid("Expected either input, which is demand or capacity, or parameter, its name");
        }
        if (parameter.isPresent()) {
            return ScalingInput.PARAMETER;
        }
        return switch (input.get()) {
            case "demand" -> ScalingInput.DEMAND;
            case "capacity" -> ScalingInput.CAPACITY;
            default -> throw PageRequest.invalid("input is '%s', expected demand or capacity".formatted(input.get()));
        };
    }

    private static GraphId graph(@Nullable String graph) {
        return QueryParameters.text(graph)
                .flatMap(QueryParameters::graph)
                .orElseThrow(() -> PageRequest.invalid("graph is missing or malformed, expected project/name"));
    }

    private static <T> T valid(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException wrong) {
            throw PageRequest.invalid(String.valueOf(wrong.getMessage()));
        }
    }

    private static double required(String name, @Nullable String text) {
        return number(
                name,
                QueryParameters.text(text)
                        .orElseThrow(() -> PageRequest.invalid(name + " is missing, expected a number")));
    }

    private static double number(String name, @Nullable String text, double usual) {
        return text == null ? usual : number(name, text);
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw PageRequest.invalid("%s is '%s', expected a number".formatted(name, text));
        }
    }

    private static int steps(@Nullable String text) {
        if (text == null) {
            return USUAL_STEPS;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw PageRequest.invalid("steps is '%s', expected a whole number".formatted(text));
        }
    }
}
