// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for background work on behalf of a client, until the REST API stops at the latest. The work itself outlives the
 * REST API and the engine.
 *
 * @param places permits for waiting calls: each holds a thread, which reads need, too
 * @param admission length of the queue; empty while the engine is unavailable
 */
public record AsyncWait(
        ShutdownSignal shutdownSignal, Semaphore places, Supplier<Optional<AdmissionControl>> admission) {

    /** In seconds. */
    public static final String PARAMETER = "wait";

    private static final int MAX_SECONDS = 300;
    private static final Duration LOOK_UP = Duration.ofMillis(500);

    /** Maximum wait for a decision; none when no decision is expected within it. */
    public Duration forDecision(Duration atMost) {
        boolean inVain = admission
                .get()
                .filter(control -> control.expectedWait().compareTo(atMost) > 0)
                .isPresent();
        return inVain ? Duration.ZERO : atMost;
    }

    /**
     * @return the graph when the work has ended; empty when it is still in progress after that time, when too many
     * calls wait already, or when REST API or engine stop
     * @throws SmoException when the work failed
     */
    public Optional<GraphView> on(CompletionStage<GraphView> work, Duration atMost) {
        CompletableFuture<GraphView> result = work.toCompletableFuture();
        if (result.isDone() || atMost.isZero() || !places.tryAcquire()) {
            return ended(result, Duration.ZERO);
        }
        try {
            return ended(result, atMost);
        } finally {
            places.release();
        }
    }

    private Optional<GraphView> ended(CompletableFuture<GraphView> result, Duration atMost) {
        long begin = System.nanoTime();
        Duration rest = atMost;
        try {
            while (!result.isDone() && rest.toNanos() > 0 && !shutdownSignal.isEnding()) {
                await(result, slice(rest));
                rest = atMost.minusNanos(System.nanoTime() - begin);
            }
            return result.isDone() ? Optional.of(result.get()) : Optional.empty();
        } catch (CancellationException engineEnds) {
            return Optional.empty();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "The server is stopping; the change continues after its restart",
                    Optional.empty());
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SmoException known) {
                throw known;
            }
            throw new IllegalStateException("A change ended in an unexpected way", failed.getCause());
        }
    }

    /** Waits in slices: a callback per call on the shutdown of the REST API would accumulate there. */
    private static void await(CompletableFuture<GraphView> result, Duration slice)
            throws InterruptedException, ExecutionException {
        try {
            result.get(slice.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException notYet) {
            // the loop decides whether to continue
        }
    }

    private static Duration slice(Duration rest) {
        return rest.compareTo(LOOK_UP) < 0 ? rest : LOOK_UP;
    }

    /**
     * @return the operation when it is final, or its present state after that time, when too many calls wait already,
     * or when the REST API stops
     */
    public Operation on(OperationService operations, Operation operation, Duration atMost, CallContext call) {
        if (atMost.isZero() || operation.state().isFinal() || !places.tryAcquire()) {
            return operation;
        }
        try {
            return settled(operations, operation, atMost, call);
        } finally {
            places.release();
        }
    }

    private Operation settled(OperationService operations, Operation operation, Duration atMost, CallContext call) {
        long begin = System.nanoTime();
        Operation seen = operation;
        Duration rest = atMost;
        while (rest.toNanos() > 0 && !seen.state().isFinal() && mayWait()) {
            seen = poll(operations, seen, slice(rest), call);
            rest = atMost.minusNanos(System.nanoTime() - begin);
        }
        return seen;
    }

    private boolean mayWait() {
        return !shutdownSignal.isEnding() && !Thread.currentThread().isInterrupted();
    }

    private Operation poll(OperationService operations, Operation before, Duration atMost, CallContext call) {
        long begin = System.nanoTime();
        Operation seen;
        try {
            seen = operations.await(before.id(), atMost, call);
        } catch (SmoException away) {
            if (away.kind() != SmoException.Kind.UNAVAILABLE) {
                throw away;
            }
            // the engine is being updated, and the operation continues with the next one
            seen = before;
        }
        if (!seen.state().isFinal()) {
            shutdownSignal.pause(atMost.minusNanos(System.nanoTime() - begin));
        }
        return seen;
    }

    public static Duration parse(@Nullable String seconds) {
        if (seconds == null) {
            return Duration.ZERO;
        }
        try {
            int wished = Integer.parseInt(seconds);
            if (wished >= 0 && wished <= MAX_SECONDS) {
                return Duration.ofSeconds(wished);
            }
        } catch (NumberFormatException notANumber) {
            // answered below, like a number out of range
        }
        throw PageRequest.invalid("wait is '%s', expected whole seconds from 0 to %d".formatted(seconds, MAX_SECONDS));
    }
}
