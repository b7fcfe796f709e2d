// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.ProblemKind;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.trace.TraceContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Operations in the form of the REST API. */
public final class OperationJson {

    private OperationJson() {}

    public static String path(String id) {
        return "/api/v1/operations/" + id;
    }

    public static String path(GraphId graph) {
        return "/api/v1/projects/%s/graphs/%s".formatted(encoded(graph.project()), encoded(graph.name()));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public static ObjectNode link(Operation operation) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", operation.id())
                .put("kind", operation.kind().name())
                .put("state", operation.state().name())
                .put("href", path(operation.id()));
    }

    public static ObjectNode summary(Operation operation) {
        ObjectNode node = link(operation);
        operation.graph().ifPresentOrElse(graph -> node.set("graph", link(graph)), () -> node.putNull("graph"));
        node.put("cluster", operation.cluster().map(ClusterId::toString).orElse(null));
        node.put("plugin", operation.plugin().orElse(null));
        node.putObject("target")
                .put("kind", operation.target().kind())
                .put("project", operation.target().project())
                .put("name", operation.target().name());
        node.put("generation", operation.generation());
        node.put("progressPercent", operation.progressPercent());
        node.put("message", operation.message());
        operation.error().ifPresentOrElse(fault -> node.set("error", error(fault)), () -> node.putNull("error"));
        node.put("principal", operation.origin().principal());
        node.put("correlationId", operation.origin().correlationId());
        TraceContext.parse(operation.origin().traceParent()).ifPresent(trace -> node.put("traceId", trace.traceId()));
        node.put("createdAt", operation.createdAt().toString());
        node.put("updatedAt", operation.updatedAt().toString());
        node.put("finishedAt", operation.finishedAt().map(Instant::toString).orElse(null));
        return node;
    }

    public static ObjectNode whole(Operation operation) {
        ObjectNode node = summary(operation);
        ArrayNode steps = node.putArray("steps");
        operation.steps().forEach(step -> steps.addObject()
                .put("action", step.action().name())
                .put("subject", step.subject())
                .put("detail", step.detail())
                .put("state", step.state().name())
                .put("message", step.message()));
        ArrayNode stages = node.putArray("stages");
        operation.stages().forEach(stage -> stages.addObject()
                .put("name", stage.name())
                .put("startedAt", stage.startedAt().toString())
                .put("durationMillis", stage.duration().map(Duration::toMillis).orElse(null)));
        return node;
    }

    private static ObjectNode link(GraphId graph) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("project", graph.project())
                .put("name", graph.name())
                .put("href", path(graph));
    }

    private static ObjectNode error(Operation.Fault fault) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", ProblemKind.from(fault.kind()).word())
                .put("source", fault.source())
                .put("message", fault.message());
    }
}
