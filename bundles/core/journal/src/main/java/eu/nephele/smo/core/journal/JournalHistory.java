// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.graph.DecisionHistory;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaDecision;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.DecisionStore;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The journal for bundles outside of the core. */
@Component(service = DecisionHistory.class)
public final class JournalHistory implements DecisionHistory {

    private final DecisionService decisions;

    @Activate
    public JournalHistory(@Reference DecisionService decisions) {
        this.decisions = decisions;
    }

    @Override
    public Optional<JsonObject> placement(GraphView graph, String service, CallContext call) {
        GraphId id = graph.graph().id();
        return graph.item()
                .decisionId()
                .map(decision -> decisions.explain(id, decision, service, call))
                .orElseGet(() -> decisions.explainAttempt(id, service, call));
    }

    @Override
    public List<ReplicaDecision> scaling(GraphId graph, String service, int limit, CallContext call) {
        return decisions
                .list(graph, new DecisionStore.Query(Optional.of(DecisionKind.SCALING), Optional.empty(), limit), call)
                .stream()
                .flatMap(record -> decision(record, service).stream())
                .toList();
    }

    /** Empty when the record does not contain the service. */
    private static Optional<ReplicaDecision> decision(DecisionRecord record, String service) {
        List<JsonFieldReader> shares = new JsonFieldReader(record.details())
                .objects("services").stream()
                        .map(JsonFieldReader::new)
                        .filter(share -> share.text("service").equals(service))
                        .toList();
        if (shares.isEmpty()) {
            return Optional.empty();
        }
        JsonFieldReader first = shares.get(0);
        return Optional.of(new ReplicaDecision(
                record.at(),
                first.optionalText("strategy").orElse(record.strategy().id()),
                shares.stream().mapToInt(share -> share.integer("from")).sum(),
                shares.stream().mapToInt(share -> share.integer("to")).sum(),
                record.fallback(),
                first.text("reason")));
    }
}
