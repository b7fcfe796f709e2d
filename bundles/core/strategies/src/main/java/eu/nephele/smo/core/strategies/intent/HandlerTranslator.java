// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.PlacedGraphs;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.strategies.decision.DecisionDependencies;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Asks the handlers that are there what the intents of a graph mean. All intents of one name are translated by one version of
 * their handler: when it leaves in between, everything is translated again.
 */
@Component(service = IntentTranslator.class)
public final class HandlerTranslator implements IntentTranslator {
    private static final int MOST_TIMES = 10;

    private final DecisionDependencies decisionDependencies;

    @Activate
    public HandlerTranslator(@Reference DecisionDependencies decisionDependencies) {
        this.decisionDependencies = decisionDependencies;
    }

    @Override
    public Map<String, Long> handlers() {
        Map<String, Long> handlers = new HashMap<>();
        // of several versions the first one decides
        decisionDependencies
                .registry()
                .offers(ServiceKind.INTENT)
                .forEach(handler -> handlers.putIfAbsent(handler.description().id(), handler.order()));
        return handlers;
    }

    @Override
    public TranslatedIntents translate(
            Graph graph, List<ClusterState> clusters, Map<ClusterId, ClusterSignals> signals, PlacedGraphs others) {
        ClusterView view = new ClusterView(clusters, signals, others);
        for (int time = 0; time < MOST_TIMES; time++) {
            Optional<TranslatedIntents> translated = new IntentTranslation(
                            decisionDependencies, new HandlerLookup(decisionDependencies), graph, view)
                    .run();
            if (translated.isPresent()) {
                return translated.get();
            }
        }
        throw SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The intents of graph %s cannot be translated: their handlers are replaced faster than they answer"
                        .formatted(graph.id()),
                Optional.of(Duration.ofSeconds(1)));
    }
}
