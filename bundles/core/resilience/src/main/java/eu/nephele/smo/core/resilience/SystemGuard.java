// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import dev.failsafe.FailsafeException;
import dev.failsafe.function.CheckedSupplier;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.core.contract.outside.SystemState;
import eu.nephele.smo.core.contract.trace.TraceSpan;
import eu.nephele.smo.core.contract.trace.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The guard of one outside system. {@link AttemptExecutor} runs each attempt; a call keeps no permit between attempts.
 */
final class SystemGuard {

    private static final String ANSWERED = "ok";
    /** Attribute of spans. */
    private static final String SYSTEM = "smo.system";

    private final String name;
    private final GuardMetrics guardMetrics;
    private final ScheduledExecutorService scheduler;
    private final Tracing tracing;
    private final FailureMessages failureMessages;
    private final Bulkhead bulkhead;
    private final SystemCircuitBreaker circuit;
    private final AttemptExecutor attempts;
    private volatile FailsafePolicies policies;

    SystemGuard(
            String name,
            GuardLimits limits,
            Clock clock,
            GuardMetrics guardMetrics,
            ScheduledExecutorService scheduler,
            Tracing tracing,
            Consumer<SystemState> onChange) {
        this.name = name;
        this.tracing = tracing;
        this.guardMetrics = guardMetrics;
        this.scheduler = scheduler;
        this.failureMessages = new FailureMessages(name);
        this.bulkhead = new Bulkhead(limits.maxConcurrent());
        this.policies = FailsafePolicies.of(limits, scheduler);
        this.circuit = new SystemCircuitBreaker(name, limits.circuit(), clock, () -> onChange.accept(state()));
        this.attempts = new AttemptExecutor(bulkhead, circuit, failureMessages, () -> policies);
    }

    String name() {
        return name;
    }

    GuardLimits limits() {
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
                bulkhead.taken());
    }

    /** From the next attempt on; calls that are inside stay, and stay counted. */
    synchronized void change(GuardLimits limits) {
        if (!limits.equals(policies.limits())) {
            bulkhead.resize(limits.maxConcurrent());
            circuit.change(limits.circuit());
            policies = FailsafePolicies.of(limits, scheduler);
        }
    }

    /** @throws AdapterException for every failure of the adapter, errors of the virtual machine aside */
    @Nullable
    Object call(GuardedOperation operation, CheckedSupplier<Object> adapter) {
        try (TraceSpan span = tracing.span(operation.name())) {
            span.with(SYSTEM, name);
            try {
                return measured(operation, adapter);
            } catch (AdapterException e) {
                span.failed(e.kind() + ": " + e.getMessage());
                throw e;
            }
        }
    }

    private @Nullable Object measured(GuardedOperation operation, CheckedSupplier<Object> adapter) {
        long began = System.nanoTime();
        String outcome = word(TerminalFailure.Why.FAULT);
        try {
            Object answer = operation.rule().repeatable() ? repeated(operation, adapter) : once(operation, adapter);
            outcome = ANSWERED;
            return answer;
        } catch (AdapterException e) {
            outcome = word(e.kind());
            throw e;
        } catch (TerminalFailure e) {
            outcome = word(e.why());
            throw e.answer();
        } catch (FailsafeException e) {
            // the only checked exception that comes here: interrupted between two attempts
            outcome = word(TerminalFailure.Why.INTERRUPTED);
            throw failureMessages.interrupted(operation, e).answer();
        } finally {
            guardMetrics.called(name, operation, outcome, since(began));
        }
    }

    TerminalFailure left(GuardedOperation operation) {
        return failureMessages.left(operation);
    }

    TerminalFailure standsBy(GuardedOperation operation) {
        return failureMessages.standsBy(operation);
    }

    /**
     * Keeps the permit until the stage is complete. A stage that began counts as an answer; it may still fail later.
     */
    CompletionStage<Object> stage(GuardedOperation operation, CheckedSupplier<Object> adapter) {
        TraceSpan span = tracing.span(operation.name()).with(SYSTEM, name);
        try {
            CompletionStage<Object> stage = begun(operation, adapter);
            stage.whenComplete((answer, failure) -> {
                if (failure != null) {
                    span.failed(failure.toString());
                }
                span.close();
            });
            return stage;
        } finally {
            span.detach();
        }
    }

    private CompletionStage<Object> begun(GuardedOperation operation, CheckedSupplier<Object> adapter) {
        Begun begun = new Begun(operation, System.nanoTime(), new CompletableFuture<>());
        try {
            attempts.takeSeat(operation);
        } catch (TerminalFailure e) {
            return failed(begun, e);
        }
        try {
            CompletionStage<?> stage =
                    (CompletionStage<?>) Objects.requireNonNull(attempts.from(operation, adapter), "no stage");
            stage.whenComplete((answer, failure) -> {
                attempts.leaveSeat();
                if (failure == null) {
                    guardMetrics.called(name, operation, ANSWERED, since(begun.nanos()));
                    begun.end().complete(answer);
                } else {
                    failed(begun, attempts.afterwards(operation, failure));
                }
            });
            return begun.end();
        } catch (AdapterException | TerminalFailure e) {
            attempts.leaveSeat();
            return failed(begun, e);
        } catch (RuntimeException e) {
            attempts.leaveSeat();
            return failed(begun, attempts.afterwards(operation, e));
        } catch (Error e) {
            attempts.leaveSeat();
            guardMetrics.called(name, operation, word(TerminalFailure.Why.FAULT), since(begun.nanos()));
            throw e;
        }
    }

    private record Begun(GuardedOperation operation, long nanos, CompletableFuture<Object> end) {}

    private CompletionStage<Object> failed(Begun begun, RuntimeException failure) {
        String outcome = failure instanceof TerminalFailure terminalFailure
                ? word(terminalFailure.why())
                : word(((AdapterException) failure).kind());
        guardMetrics.called(name, begun.operation(), outcome, since(begun.nanos()));
        begun.end()
                .completeExceptionally(
                        failure instanceof TerminalFailure terminalFailure ? terminalFailure.answer() : failure);
        return begun.end();
    }

    private @Nullable Object repeated(GuardedOperation operation, CheckedSupplier<Object> adapter) {
        return policies.repeating().get(context -> {
            if (context.getAttemptCount() > 0) {
                guardMetrics.repeated(name, operation);
            }
            return once(operation, adapter);
        });
    }

    private @Nullable Object once(GuardedOperation operation, CheckedSupplier<Object> adapter) {
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
