// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.strategies.decision.DecisionDependencies;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.ForeignText;
import eu.nephele.smo.core.strategies.guard.GuardedResult;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The intents of one graph on their way to requirements: first those of the graph, then those of its services. Used once. */
final class IntentTranslation {
    private final DecisionDependencies decisionDependencies;
    private final HandlerLookup handlers;
    private final Graph graph;
    private final ClusterView view;
    private final CollectedRequirements collected = new CollectedRequirements();
    private final List<Violation> violations = new ArrayList<>();
    private final FaultLog faults;

    IntentTranslation(
            DecisionDependencies decisionDependencies, HandlerLookup handlers, Graph graph, ClusterView view) {
        this.decisionDependencies = decisionDependencies;
        this.handlers = handlers;
        this.graph = graph;
        this.view = view;
        this.faults = decisionDependencies.newFaultLog();
    }

    /** @return empty when a handler left meanwhile */
    Optional<TranslatedIntents> run() {
        for (Intent intent : intents()) {
            Optional<RegisteredService> handler = handlers.find(intent, faults);
            if (handler.isPresent() && !apply(intent, handler.get())) {
                return Optional.empty();
            }
            if (handler.isEmpty() && UnhandledIntents.asks(intent.name(), intent.value())) {
                collected.warn("Intent %s is accepted and has no effect: no handler for it is installed"
                        .formatted(intent.pointer()));
            }
        }
        if (!violations.isEmpty()) {
            throw SmoException.invalid("The intents of graph %s are invalid".formatted(graph.id()), violations);
        }
        return Optional.of(collected.translated());
    }

    private List<Intent> intents() {
        List<Intent> intents = new ArrayList<>();
        graph.intents().forEach((name, value) -> intents.add(new Intent(name, graph, Optional.empty(), value)));
        graph.services().forEach(service -> service.intents()
                .forEach((name, value) -> intents.add(new Intent(name, graph, Optional.of(service.id()), value))));
        links().forEach((service, called) -> intents.add(
                new Intent(UnhandledIntents.LINKS, graph, Optional.of(service), JsonArray.ofStrings(called))));
        intents.removeIf(intent -> UnhandledIntents.isStructure(intent.name()));
        return intents;
    }

    /** Called services by caller: the links are read with the descriptor, wherever it has them, and are no intents of the model. */
    private Map<String, List<String>> links() {
        Map<String, List<String>> links = new LinkedHashMap<>();
        graph.links().forEach(link -> links.computeIfAbsent(link.from(), caller -> new ArrayList<>())
                .add(link.to()));
        graph.services().stream()
                .filter(service -> service.intents().containsKey(UnhandledIntents.LINKS))
                .forEach(service -> links.remove(service.id()));
        return links;
    }

    /** @return false when the handler was unregistered between look-up and call */
    private boolean apply(Intent intent, RegisteredService handler) {
        long budgetMillis = decisionDependencies.settings().get().budgets().intentMillis();
        GuardedResult<BufferedRequirements> guardedResult =
                checked(decisionDependencies.guard().call(handler, budgetMillis, deadline -> {
                    BufferedRequirements notes = new BufferedRequirements(intent.graph(), view);
                    handler.service(IntentHandler.class).apply(intent, notes);
                    return notes;
                }));
        if (guardedResult instanceof GuardedResult.Answered<BufferedRequirements> answered) {
            add(intent, answered.answer());
            faults.used(handler, 1);
        } else if (guardedResult instanceof GuardedResult.Faulted<BufferedRequirements> faulted) {
            failed(intent, handler, faulted);
        }
        return !(guardedResult instanceof GuardedResult.Gone<BufferedRequirements>);
    }

    private static GuardedResult<BufferedRequirements> checked(GuardedResult<BufferedRequirements> guardedResult) {
        return guardedResult instanceof GuardedResult.Answered<BufferedRequirements> answered
                ? answered.answer()
                        .flaw()
                        .<GuardedResult<BufferedRequirements>>map(
                                flaw -> new GuardedResult.Faulted<>("invalid_answer", flaw, Optional.empty()))
                        .orElse(guardedResult)
                : guardedResult;
    }

    private void add(Intent intent, BufferedRequirements notes) {
        try {
            notes.notes().forEach(note -> note.accept(collected));
        } catch (IllegalArgumentException e) {
            // it contradicts another intent
            violations.add(new Violation(intent.pointer(), String.valueOf(e.getMessage())));
        }
    }

    private void failed(Intent intent, RegisteredService handler, GuardedResult.Faulted<BufferedRequirements> faulted) {
        Optional<Throwable> refusal = faulted.cause().filter(IllegalArgumentException.class::isInstance);
        if (refusal.isPresent()) {
            violations.add(new Violation(intent.pointer(), ForeignText.messageOf(refusal.get())));
            return;
        }
        faults.failed(handler, faulted);
        if (!UnhandledIntents.isWish(intent.name())) {
            throw HandlerLookup.unavailable(intent, "its handler failed: " + faulted.message());
        }
        collected.warn("The handler of the intent '%s' (%s) failed; it has no effect"
                .formatted(intent.name(), intent.pointer()));
    }
}
