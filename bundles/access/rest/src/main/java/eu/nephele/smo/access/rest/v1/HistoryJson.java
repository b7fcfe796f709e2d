// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.rest.cluster.ClusterNames;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.history.FormerState;
import eu.nephele.smo.core.contract.history.FormerState.FormerService;
import eu.nephele.smo.core.contract.history.GraphHistory;
import eu.nephele.smo.core.contract.history.GraphHistory.Known;
import eu.nephele.smo.core.contract.history.GraphMoment;
import eu.nephele.smo.core.contract.history.GraphMoment.ChangeCause;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class HistoryJson {

    private HistoryJson() {}

    static ObjectNode head(GraphId graph) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("project", graph.project())
                .put("graph", graph.name());
    }

    static ObjectNode over(ObjectNode node, GraphHistory history, ClusterNames names) {
        node.put("from", history.span().from().toString());
        node.put("to", history.span().until().toString());
        node.set("knownSince", known(history.known()));
        node.set("before", whole(JsonNodeFactory.instance.objectNode(), history.before(), names));
        ArrayNode moments = node.putArray("moments");
        history.moments().forEach(moment -> moments.add(moment(moment, names)));
        return node;
    }

    static ObjectNode at(ObjectNode node, GraphId graph, GraphHistory history, ClusterNames names) {
        node.set("knownSince", known(history.known()));
        whole(node, history.before(), names);
        return node.put(
                "descriptor",
                history.before()
                        .revision()
                        .map(number -> "%s/revisions/%d".formatted(GraphJson.path(graph), number))
                        .orElse(null));
    }

    private static ObjectNode known(Known known) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("graph", known.graph().toString())
                .put("placement", text(known.placement()))
                .put("phase", text(known.phase()))
                .put("revision", text(known.revision()));
    }

    private static @Nullable String text(Optional<Instant> at) {
        return at.map(Instant::toString).orElse(null);
    }

    /** Null stands for what is not known. */
    private static ObjectNode whole(ObjectNode node, FormerState state, ClusterNames names) {
        node.put("phase", state.phase().map(Enum::name).orElse(null));
        node.put("revision", state.revision().orElse(null));
        node.put("decisionId", state.decision().orElse(null));
        node.set("services", services(state.services(), names));
        return node;
    }

    private static ObjectNode services(Map<String, FormerService> services, ClusterNames names) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        services.forEach((id, service) -> {
            ObjectNode each = node.putObject(id);
            each.set("shares", GraphJson.shares(service.shares(), names));
            service.load()
                    .ifPresentOrElse(
                            load -> each.putObject("load")
                                    .put("perSecond", load.perSecond())
                                    .put("at", load.at().toString()),
                            () -> each.putNull("load"));
        });
        return node;
    }

    /** A member that has not changed is left out. */
    private static ObjectNode moment(GraphMoment moment, ClusterNames names) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("at", moment.at().toString());
        node.set("cause", cause(moment.cause()));
        moment.after().phase().ifPresent(phase -> node.put("phase", phase.name()));
        moment.after().revision().ifPresent(revision -> node.put("revision", revision));
        moment.after().decision().ifPresent(decision -> node.put("decisionId", decision));
        if (!moment.after().services().isEmpty()) {
            node.set("services", services(moment.after().services(), names));
        }
        return node;
    }

    private static ObjectNode cause(ChangeCause cause) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("source", cause.source().name().toLowerCase(Locale.ROOT))
                .put("id", cause.id())
                .put("what", cause.what())
                .put("outcome", cause.outcome())
                .put("service", cause.service().orElse(null))
                .put("message", cause.message());
    }
}
