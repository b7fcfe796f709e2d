// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.graph.Violation;
import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.strategies.MeasurementsRelay;
import eu.nephele.smo.core.strategies.Settings;
import eu.nephele.smo.core.strategies.SettingsSource;
import eu.nephele.smo.core.strategies.guard.Attempt;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.Guard;
import eu.nephele.smo.core.strategies.registry.Offer;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks the handlers that are there what the intents of a graph mean: first those of the graph, then those of its services. */
@Component(service = IntentTranslator.class)
public final class HandlerTranslator implements IntentTranslator {
    private final StrategyRegistry registry;
    private final Guard guard;
    private final SettingsSource settings;
    private final Measurements measurements;

    @Activate
    public HandlerTranslator(
            @Reference StrategyRegistry registry,
            @Reference Guard guard,
            @Reference SettingsSource settings,
            @Reference(service = MeasurementsRelay.class) Measurements measurements) {
        this.registry = registry;
        this.guard = guard;
        this.settings = settings;
        this.measurements = measurements;
    }

    @Override
    public TranslatedIntents translate(Graph graph, List<ClusterState> clusters) {
        CollectedRequirements collected = new CollectedRequirements();
        List<Violation> violations = new ArrayList<>();
        FaultLog faults = new FaultLog(measurements);
        for (Intent intent : intentsOf(graph)) {
            Optional<Offer> handler = handler(intent, faults);
            if (handler.isPresent()) {
                apply(intent, handler.get(), clusters, collected, violations, faults);
            } else if (ReferenceIntents.asks(intent.name(), intent.value())) {
                collected.warn("Intent %s is accepted and has no effect: no handler for it is installed"
                        .formatted(intent.pointer()));
            }
        }
        if (!violations.isEmpty()) {
            throw SmoException.invalid("The intents of graph %s make no sense".formatted(graph.id()), violations);
        }
        return collected.translated();
    }

    private static List<Intent> intentsOf(Graph graph) {
        List<Intent> intents = new ArrayList<>();
        graph.intents().forEach((name, value) -> intents.add(new Intent(name, graph, Optional.empty(), value)));
        graph.services().forEach(service -> service.intents()
                .forEach((name, value) -> intents.add(new Intent(name, graph, Optional.of(service.id()), value))));
        intents.removeIf(intent -> ReferenceIntents.isStructure(intent.name()));
        return intents;
    }

    /** @throws SmoException {@code UNAVAILABLE} when it is missing and must not be */
    private Optional<Offer> handler(Intent intent, FaultLog faults) {
        Scope scope = intent.service().isPresent() ? Scope.SERVICE : Scope.GRAPH;
        boolean needed = ReferenceIntents.isHard(intent.name())
                || (registry.knewIntent(intent.name()) && !ReferenceIntents.isWish(intent.name()));
        Optional<Offer> found = (needed ? await(intent.name()) : find(intent.name()))
                .filter(offer -> offer.description().schemas().containsKey(scope));
        if (found.isEmpty() && needed) {
            faults.missing(ServiceKind.INTENT, intent.name(), "no handler");
            throw unavailable(intent, "its handler is not there now");
        }
        return found;
    }

    private Optional<Offer> find(String name) {
        return registry.find(ServiceKind.INTENT, name, Optional.empty());
    }

    private Optional<Offer> await(String name) {
        try {
            Duration most = Duration.ofMillis(settings.get().missingWaitMillis());
            return registry.await(ServiceKind.INTENT, name, Optional.empty(), most);
        } catch (InterruptedException e) {
            throw Guard.interrupted(e);
        }
    }

    private void apply(
            Intent intent,
            Offer handler,
            List<ClusterState> clusters,
            CollectedRequirements collected,
            List<Violation> violations,
            FaultLog faults) {
        Settings now = settings.get();
        Attempt<IntentNotes> attempt = guard.call(handler, now.budgets().intentMillis(), deadline -> {
            IntentNotes notes = new IntentNotes(intent.graph(), clusters);
            handler.service(IntentHandler.class).apply(intent, notes);
            return notes;
        });
        if (attempt instanceof Attempt.Answered<IntentNotes> answered) {
            add(intent, answered.answer(), collected, violations);
        } else if (attempt instanceof Attempt.Failed<IntentNotes> failed) {
            failed(intent, handler, failed, collected, violations, faults);
        } else {
            // it left between look-up and call
            handler(intent, faults).ifPresent(next -> apply(intent, next, clusters, collected, violations, faults));
        }
    }

    private static void add(
            Intent intent, IntentNotes notes, CollectedRequirements collected, List<Violation> violations) {
        try {
            notes.notes().forEach(note -> note.accept(collected));
        } catch (IllegalArgumentException e) {
            // it contradicts what another intent asks for
            violations.add(new Violation(intent.pointer(), String.valueOf(e.getMessage())));
        }
    }

    private static void failed(
            Intent intent,
            Offer handler,
            Attempt.Failed<IntentNotes> failed,
            CollectedRequirements collected,
            List<Violation> violations,
            FaultLog faults) {
        Optional<Throwable> refusal = failed.cause().filter(IllegalArgumentException.class::isInstance);
        if (refusal.isPresent()) {
            violations.add(
                    new Violation(intent.pointer(), String.valueOf(refusal.get().getMessage())));
            return;
        }
        faults.failed(handler, failed);
        if (!ReferenceIntents.isWish(intent.name())) {
            throw unavailable(intent, "its handler failed: " + failed.message());
        }
        collected.warn("The handler of the intent '%s' (%s) failed; it has no effect"
                .formatted(intent.name(), intent.pointer()));
    }

    private static SmoException unavailable(Intent intent, String why) {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The intent '%s' (%s) cannot be honoured: %s".formatted(intent.name(), intent.pointer(), why),
                Optional.of(Duration.ofSeconds(5)));
    }
}
