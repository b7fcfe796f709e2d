// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.strategies.decision.DecisionRoom;
import eu.nephele.smo.core.strategies.guard.Attempt;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.ForeignText;
import eu.nephele.smo.core.strategies.registry.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The intents of one graph on their way to requirements: first those of the graph, then those of its services. Used once. */
final class Translation {
    private final DecisionRoom room;
    private final Handlers handlers;
    private final Graph graph;
    private final List<ClusterState> clusters;
    private final Map<ClusterId, ClusterSignals> signals;
    private final CollectedRequirements collected = new CollectedRequirements();
    private final List<Violation> violations = new ArrayList<>();
    private final FaultLog faults;

    Translation(
            DecisionRoom room,
            Handlers handlers,
            Graph graph,
            List<ClusterState> clusters,
            Map<ClusterId, ClusterSignals> signals) {
        this.room = room;
        this.handlers = handlers;
        this.graph = graph;
        this.clusters = List.copyOf(clusters);
        this.signals = Map.copyOf(signals);
        this.faults = room.newFaultLog();
    }

    /** @return empty when a handler left meanwhile */
    Optional<TranslatedIntents> run() {
        for (Intent intent : intents()) {
            Optional<Offer> handler = handlers.of(intent, faults);
            if (handler.isPresent() && !apply(intent, handler.get())) {
                return Optional.empty();
            }
            if (handler.isEmpty() && ReferenceIntents.asks(intent.name(), intent.value())) {
                collected.warn("Intent %s is accepted and has no effect: no handler for it is installed"
                        .formatted(intent.pointer()));
            }
        }
        if (!violations.isEmpty()) {
            throw SmoException.invalid("The intents of graph %s make no sense".formatted(graph.id()), violations);
        }
        return Optional.of(collected.translated());
    }

    private List<Intent> intents() {
        List<Intent> intents = new ArrayList<>();
        graph.intents().forEach((name, value) -> intents.add(new Intent(name, graph, Optional.empty(), value)));
        graph.services().forEach(service -> service.intents()
                .forEach((name, value) -> intents.add(new Intent(name, graph, Optional.of(service.id()), value))));
        intents.removeIf(intent -> ReferenceIntents.isStructure(intent.name()));
        return intents;
    }

    /** @return false when the handler has left between look-up and call */
    private boolean apply(Intent intent, Offer handler) {
        long budgetMillis = room.settings().get().budgets().intentMillis();
        Attempt<IntentNotes> attempt = checked(room.guard().call(handler, budgetMillis, deadline -> {
            IntentNotes notes = new IntentNotes(intent.graph(), clusters, signals);
            handler.service(IntentHandler.class).apply(intent, notes);
            return notes;
        }));
        if (attempt instanceof Attempt.Answered<IntentNotes> answered) {
            add(intent, answered.answer());
            faults.used(handler, 1);
        } else if (attempt instanceof Attempt.Failed<IntentNotes> failed) {
            failed(intent, handler, failed);
        }
        return !(attempt instanceof Attempt.Gone<IntentNotes>);
    }

    private static Attempt<IntentNotes> checked(Attempt<IntentNotes> attempt) {
        return attempt instanceof Attempt.Answered<IntentNotes> answered
                ? answered.answer()
                        .flaw()
                        .<Attempt<IntentNotes>>map(
                                flaw -> new Attempt.Failed<>("invalid_answer", flaw, Optional.empty()))
                        .orElse(attempt)
                : attempt;
    }

    private void add(Intent intent, IntentNotes notes) {
        try {
            notes.notes().forEach(note -> note.accept(collected));
        } catch (IllegalArgumentException e) {
            // it contradicts what another intent asks for
            violations.add(new Violation(intent.pointer(), String.valueOf(e.getMessage())));
        }
    }

    private void failed(Intent intent, Offer handler, Attempt.Failed<IntentNotes> failed) {
        Optional<Throwable> refusal = failed.cause().filter(IllegalArgumentException.class::isInstance);
        if (refusal.isPresent()) {
            violations.add(new Violation(intent.pointer(), ForeignText.messageOf(refusal.get())));
            return;
        }
        faults.failed(handler, failed);
        if (!ReferenceIntents.isWish(intent.name())) {
            throw Handlers.unavailable(intent, "its handler failed: " + failed.message());
        }
        collected.warn("The handler of the intent '%s' (%s) failed; it has no effect"
                .formatted(intent.name(), intent.pointer()));
    }
}
