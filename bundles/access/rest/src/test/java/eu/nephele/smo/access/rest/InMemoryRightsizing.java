// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.rightsizing.ConfirmedClasses;
import eu.nephele.smo.core.contract.rightsizing.RightsizingService;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Always proposes the same. */
final class InMemoryRightsizing implements RightsizingService {

    private static final ConfirmedClasses PROPOSED = new ConfirmedClasses(Optional.of("small"), Optional.empty());

    private final InMemoryEngine engine;
    private final InMemoryGraphs graphs;

    InMemoryRightsizing(InMemoryEngine engine, InMemoryGraphs graphs) {
        this.engine = engine;
        this.graphs = graphs;
    }

    @Override
    public JsonObject propose(GraphId graph, CallContext call) {
        view(graph, call);
        JsonObject cpu = advice(4)
                .put("class", "medium")
                .put("proposedClass", "small")
                .put("proposed", 1.0)
                .put("saved", 6.0)
                .put("savedPercent", 75.0)
                .object();
        JsonObject web = new JsonFieldWriter()
                .put("service", "web")
                .put("proposal", true)
                .put("confirmable", true)
                .put("chartValue", "resources.requests")
                .put("scaled", false)
                .put("cpu", cpu)
                .put("ram", advice(1 << 30).object())
                .object();
        return new JsonFieldWriter()
                .put("project", graph.project())
                .put("graph", graph.name())
                .put("at", "2026-06-01T00:00:00Z")
                .put("savedCores", 6.0)
                .put("savedMemoryBytes", 0L)
                .put("items", new JsonArray(List.of(web)))
                .object();
    }

    private static JsonFieldWriter advice(double requested) {
        JsonFieldWriter used = new JsonFieldWriter();
        List.of("median", "quantile", "peak", "startUpPeak").forEach(name -> used.put(name, 0.25));
        return new JsonFieldWriter()
                .put("requested", requested)
                .put("requestedFrom", "pods")
                .put("podsRequest", requested)
                .put("reason", "why")
                .texts("risks", List.of("a risk"))
                .put("need", 0.3)
                .put("used", used.object())
                .put("replicas", 2.0)
                .put(
                        "quality",
                        new JsonFieldWriter()
                                .put("confidence", "medium")
                                .put("samples", 300L)
                                .put("hours", 25.0)
                                .put("text", "25.0 h")
                                .object());
    }

    @Override
    public Plan plan(GraphId graph, Map<String, ConfirmedClasses> confirmed, CallContext call) {
        GraphView view = view(graph, call);
        if (!confirmed.equals(Map.of("web", PROPOSED))) {
            throw SmoException.conflict("something else is proposed");
        }
        return engine.plan(DeployRequest.of(view.graph()), call);
    }

    private GraphView view(GraphId graph, CallContext call) {
        return graphs.find(graph, call).orElseThrow(() -> SmoException.notFound("There is no graph " + graph));
    }
}
