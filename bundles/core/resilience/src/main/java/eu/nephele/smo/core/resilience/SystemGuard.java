// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import dev.failsafe.FailsafeException;
import dev.failsafe.function.CheckedSupplier;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.core.contract.outside.SystemState;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The guard of one outside system. Around each attempt stand {@link Attempts}; a call that waits for its next one keeps no seat. */
final class SystemGuard {

    private static final String ANSWERED = "ok";

    private final String name;
    private final Meters meters;
    private final ScheduledExecutorService scheduler;
    private final Endings endings;
    private final Seats seats;
    private final Circuit circuit;
    private final Attempts attempts;
    private volatile Policies policies;

    /** @param onChange after the access changed */
    SystemGuard(
            String name,
            Limits limits,
            Clock clock,
            Meters meters,
            ScheduledExecutorService scheduler,
            Consumer<SystemState> onChange) {
        this.name = name;
        this.meters = meters;
        this.scheduler = scheduler;
        this.endings = new Endings(name);
        this.seats = new Seats(limits.maxConcurrent());
        this.policies = Policies.of(limits, scheduler);
        this.circuit = new Circuit(name, limits.circuit(), clock, () -> onChange.accept(state()));
        this.attempts = new Attempts(seats, circuit, endings, () -> policies);
    }

    String name() {
        return name;
    }

    Limits limits() {
        return policies.limits();
    }

    SystemState state() {
        return new SystemState(
                name,
                circuit.access(),
                circuit.since(),
                circuit.retryAfter(),
                circuit.lastFailure(),
                circuit.lastSuccess(),
                seats.taken());
    }

    /** From the next attempt on; calls that are inside stay, and stay counted. */
    synchronized void change(Limits limits) {
        if (!limits.equals(policies.limits())) {
            seats.resize(limits.maxConcurrent());
            circuit.change(limits.circuit());
            policies = Policies.of(limits, scheduler);
        }
    }

    /** @throws AdapterException whatever the adapter throws, errors of the virtual machine aside */
    @Nullable
    Object call(Operation operation, CheckedSupplier<Object> adapter) {
        long began = System.nanoTime();
        String outcome = word(Settled.Why.FAULT);
        try {
            Object answer = operation.rule().repeatable() ? repeated(operation, adapter) : once(operation, adapter);
            outcome = ANSWERED;
            return answer;
        } catch (AdapterException e) {
            outcome = word(e.kind());
            throw e;
        } catch (Settled e) {
            outcome = word(e.why());
            throw e.answer();
        } catch (FailsafeException e) {
            // the only checked exception that comes here: interrupted between two attempts
            outcome = word(Settled.Why.INTERRUPTED);
            throw endings.interrupted(operation, e).answer();
        } finally {
            meters.called(name, operation, outcome, since(began));
        }
    }

    /** How a call ends whose adapter has left. */
    Settled left(Operation operation) {
        return endings.left(operation);
    }

    /** How a call ends that is the owner's. */
    Settled standsBy(Operation operation) {
        return endings.standsBy(operation);
    }

    /** The seat is taken until the stage is complete. A system that has begun has answered; what follows may yet fail. */
    CompletionStage<Object> stage(Operation operation, CheckedSupplier<Object> adapter) {
        Begun begun = new Begun(operation, System.nanoTime(), new CompletableFuture<>());
        try {
            attempts.takeSeat(operation);
        } catch (Settled e) {
            return failed(begun, e);
        }
        try {
            CompletionStage<?> stage =
                    (CompletionStage<?>) Objects.requireNonNull(attempts.from(operation, adapter), "no stage");
            stage.whenComplete((answer, failure) -> {
                attempts.leaveSeat();
                if (failure == null) {
                    meters.called(name, operation, ANSWERED, since(begun.nanos()));
                    begun.end().complete(answer);
                } else {
                    failed(begun, attempts.afterwards(operation, failure));
                }
            });
            return begun.end();
        } catch (AdapterException | Settled e) {
            attempts.leaveSeat();
            return failed(begun, e);
        } catch (RuntimeException e) {
            attempts.leaveSeat();
            return failed(begun, attempts.afterwards(operation, e));
        } catch (Error e) {
            attempts.leaveSeat();
            meters.called(name, operation, word(Settled.Why.FAULT), since(begun.nanos()));
            throw e;
        }
    }

    private record Begun(Operation operation, long nanos, CompletableFuture<Object> end) {}

    private CompletionStage<Object> failed(Begun begun, RuntimeException failure) {
        String outcome =
                failure instanceof Settled settled ? word(settled.why()) : word(((AdapterException) failure).kind());
        meters.called(name, begun.operation(), outcome, since(begun.nanos()));
        begun.end().completeExceptionally(failure instanceof Settled settled ? settled.answer() : failure);
        return begun.end();
    }

    private @Nullable Object repeated(Operation operation, CheckedSupplier<Object> adapter) {
        return policies.repeating().get(context -> {
            if (context.getAttemptCount() > 0) {
                meters.repeated(name, operation);
            }
            return once(operation, adapter);
        });
    }

    private @Nullable Object once(Operation operation, CheckedSupplier<Object> adapter) {
        attempts.takeSeat(operation);
        try {
            return attempts.from(operation, adapter);
        } finally {
            attempts.leaveSeat();
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
