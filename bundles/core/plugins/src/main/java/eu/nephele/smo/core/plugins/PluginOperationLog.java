// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.Stage;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Operation.StepState;
import eu.nephele.smo.api.runtime.Operation.Times;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.IdempotencyKeys;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.plugins.life.OptionalServices;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Operations on plugins, from the request to their end. */
final class PluginOperationLog {

    private static final Map<Kind, List<Action>> STEPS = Map.of(
            Kind.INSTALL_PLUGIN, List.of(Action.ADMIT, Action.START, Action.EXAMINE, Action.SWITCH),
            Kind.UPGRADE_PLUGIN,
                    List.of(
                            Action.ADMIT,
                            Action.START,
                            Action.EXAMINE,
                            Action.REHEARSE,
                            Action.SWITCH,
                            Action.PROVE,
                            Action.REMOVE),
            Kind.REMOVE_PLUGIN, List.of(Action.REMOVE));
    private static final Set<Kind> OURS = STEPS.keySet();
    private static final int SEQUENCE_BITS = 16;
    private static final int SUFFIX_BOUND = 1 << 24;

    private final OptionalServices optionalServices;
    private final PluginEventWriter pluginEventWriter;
    private final Clock clock;
    /** Of the ids that are given here: an open operation with another one is of a former process or version. */
    private final String suffix = "%06x".formatted(ThreadLocalRandom.current().nextInt(SUFFIX_BOUND));

    private final AtomicLong last = new AtomicLong();

    PluginOperationLog(OptionalServices optionalServices, PluginEventWriter pluginEventWriter, Clock clock) {
        this.optionalServices = optionalServices;
        this.pluginEventWriter = pluginEventWriter;
        this.clock = clock;
    }

    /** @throws SmoException {@code UNPROCESSABLE} when its key belongs to another request */
    Optional<Operation> repeated(RequestOrigin origin) {
        return optionalServices.find(OperationStore.class).flatMap(store -> new IdempotencyKeys(store).find(origin));
    }

    /** Begins an operation of a request: it is stored before anything is done. */
    PluginOperation begin(Kind kind, String plugin, String subject, RequestOrigin origin) {
        Operation operation = fresh(kind, plugin, subject, origin);
        optionalServices.find(OperationStore.class).ifPresent(store -> origin.idempotency()
                .ifPresentOrElse(
                        key -> store.accept(
                                operation,
                                new IdempotencyRecord(key.key(), key.fingerprint(), operation.id(), clock.instant())),
                        () -> store.save(List.of(operation))));
        return new PluginOperation(operation, pluginEventWriter::save, clock);
    }

    /** Records an operation caused by a change in the folder. It continues whether it can be stored or not. */
    PluginOperation record(Kind kind, String plugin, String subject, RequestOrigin origin) {
        Operation operation = fresh(kind, plugin, subject, origin);
        pluginEventWriter.save(operation, () -> {});
        return new PluginOperation(operation, pluginEventWriter::save, clock);
    }

    /** Already at its end. */
    PluginOperation nothingToDo(Kind kind, String plugin, String subject, RequestOrigin origin, String message) {
        PluginOperation pluginOperation = begin(kind, plugin, subject, origin);
        pluginOperation.succeed(message);
        return pluginOperation;
    }

    private Operation fresh(Kind kind, String plugin, String subject, RequestOrigin origin) {
        Instant now = clock.instant();
        List<Step> steps = STEPS.getOrDefault(kind, List.of()).stream()
                .map(action -> new Step(action, subject, "", StepState.PENDING, ""))
                .toList();
        return new Operation(
                nextId(),
                kind,
                ResourceRef.plugin(plugin),
                State.PENDING,
                0,
                0,
                origin,
                Times.from(now),
                steps,
                List.of(new Stage("applying", now, Optional.empty())),
                Optional.empty(),
                "");
    }

    /**
     * Ends operations that a former process, or a former version of this bundle, left open.
     *
     * @param handedOver id of the operation that was handed over to this version, "" for none
     * @return whether the store was available
     */
    boolean endFormer(String handedOver, Optional<String> outcome) {
        Optional<OperationStore> store = optionalServices.find(OperationStore.class);
        store.ifPresent(it -> it.save(it.open().stream()
                .filter(operation -> OURS.contains(operation.kind()) && !isOurs(operation))
                .map(operation -> !handedOver.isEmpty() && operation.id().equals(handedOver)
                        ? ended(operation, outcome)
                        : ended(operation, Optional.of("the server ended meanwhile; the change is rolled back")))
                .toList()));
        return store.isPresent();
    }

    private boolean isOurs(Operation operation) {
        return operation.id().endsWith(suffix);
    }

    private Operation ended(Operation operation, Optional<String> why) {
        Optional<Fault> fault = why.map(text -> new Fault(SmoException.Kind.UNAVAILABLE, "smo", text));
        return PluginOperation.changed(
                operation,
                why.isEmpty() ? State.SUCCEEDED : State.FAILED,
                operation.steps(),
                fault,
                why.orElse("done; the plugin platform of the server was replaced"),
                clock.instant());
    }

    private String nextId() {
        long now = clock.millis() << SEQUENCE_BITS;
        return "%016x%s".formatted(last.updateAndGet(before -> Math.max(before + 1, now)), suffix);
    }
}
