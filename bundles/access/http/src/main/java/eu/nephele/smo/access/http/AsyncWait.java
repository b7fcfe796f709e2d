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
 * Waits for background work on behalf of a client, not longer than the interface is there. The work itself outlives the interface
 * and the engine.
 *
 * @param farewell of the interface
 * @param places one for each call that waits: each holds a thread, which reads need, too
 * @param admission how long the queue is; empty while the engine is away
 */
public record AsyncWait(ShutdownSignal farewell, Semaphore places, Supplier<Optional<AdmissionControl>> admission) {

    /** Query parameter: how many seconds to wait. */
    public static final String PARAMETER = "wait";

    private static final int MAX_SECONDS = 300;
    private static final Duration LOOK_UP = Duration.ofMillis(500);

    /** As long as that for a decision, not at all when none is to be expected in that time. */
    public Duration forDecision(Duration atMost) {
        boolean inVain = admission
                .get()
                .filter(control -> control.expectedWait().compareTo(atMost) > 0)
                .isPresent();
        return inVain ? Duration.ZERO : atMost;
    }

    /**
     * @return the graph when the work ended; empty when it still goes on after that time, when too many wait already, or when
     *     interface or engine go
     * @throws SmoException the work failed
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
            while (!result.isDone() && rest.toNanos() > 0 && !farewell.isEnding()) {
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
                    "The server is ending; the change goes on after its start",
                    Optional.empty());
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SmoException known) {
                throw known;
            }
            throw new IllegalStateException("A change ended in an unexpected way", failed.getCause());
        }
    }

    /** In slices: whoever hangs something on the end of the interface for each call would leave it there. */
    private static void await(CompletableFuture<GraphView> result, Duration slice)
            throws InterruptedException, ExecutionException {
        try {
            result.get(slice.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException notYet) {
            // whether to go on is asked by the loop
        }
    }

    private static Duration slice(Duration rest) {
        return rest.compareTo(LOOK_UP) < 0 ? rest : LOOK_UP;
    }

    /** @return the operation when it is final, or as it is after that time, when too many wait already, or when the interface goes */
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
        return !farewell.isEnding() && !Thread.currentThread().isInterrupted();
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
            // the engine is being exchanged, and the operation goes on with the next one
            seen = before;
        }
        if (!seen.state().isFinal()) {
            farewell.pause(atMost.minusNanos(System.nanoTime() - begin));
        }
        return seen;
    }

    /** @param seconds query parameter {@code wait}, null when missing */
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
            // answered below, as a number out of range is
        }
        throw PageRequest.invalid("wait is '%s', expected whole seconds from 0 to %d".formatted(seconds, MAX_SECONDS));
    }
}
