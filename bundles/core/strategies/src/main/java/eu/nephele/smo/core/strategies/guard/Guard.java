// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.core.strategies.SettingsSource;
import eu.nephele.smo.core.strategies.registry.Offer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Calls strategies, objectives and handlers so that none of them can do harm: at most so many at once, on threads of ours, each
 * within its time budget. What overruns it is interrupted; what ignores the interrupt is abandoned, and its service not called
 * again until that thread has come back.
 */
@Component(service = Guard.class)
public final class Guard implements AutoCloseable {
    /** How long an interrupted call may take to end before it counts as abandoned. */
    private static final Duration INTERRUPT_TAKES_EFFECT = Duration.ofMillis(50);

    private final SettingsSource settings;
    private final ResizableSemaphore permits;
    private final ExecutorService threads;

    @Activate
    public Guard(@Reference SettingsSource settings) {
        this.settings = settings;
        this.permits = new ResizableSemaphore(settings.get().poolSize());
        AtomicInteger number = new AtomicInteger();
        // the permits bound the calls; an abandoned thread gives its permit back, so the threads need no bound of their
        // own
        this.threads =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "smo-strategy-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Deactivate
    @Override
    public void close() {
        threads.shutdownNow();
    }

    /**
     * Calls a service.
     *
     * @param body the call; gets the end of its budget
     * @throws SmoException {@code UNAVAILABLE} when the calling thread is interrupted, or the guard was closed
     */
    public <R> Attempt<R> call(Offer offer, long budgetMillis, Function<Deadline, R> body) {
        try {
            permits.resize(settings.get().poolSize());
            permits.acquire();
            try {
                return guarded(offer, budgetMillis, body);
            } finally {
                permits.release();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** For callers whose own wait was interrupted: keeps the mark and says so. */
    public static SmoException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return unavailable("Interrupted while a decision was made", cause);
    }

    private static SmoException unavailable(String message, Exception cause) {
        SmoException exception = SmoException.of(SmoException.Kind.UNAVAILABLE, "smo", message, Optional.empty());
        exception.initCause(cause);
        return exception;
    }

    private <R> Attempt<R> guarded(Offer offer, long budgetMillis, Function<Deadline, R> body)
            throws InterruptedException {
        if (offer.stuck()) {
            return new Attempt.Failed<>(
                    "timeout",
                    "an earlier call ignores its interruption; not called again until that ends",
                    Optional.empty());
        }
        Deadline deadline = Deadline.inMillis(budgetMillis);
        GuardedCall<R> call =
                new GuardedCall<>(offer, deadline, settings.get().budgets().graceMillis(), () -> body.apply(deadline));
        if (!offer.enter(call)) {
            return new Attempt.Gone<>();
        }
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            offer.leave(call);
            throw unavailable("Strategies are being stopped", e);
        }
        return await(offer, call, budgetMillis);
    }

    private static <R> Attempt<R> await(Offer offer, GuardedCall<R> call, long budgetMillis)
            throws InterruptedException {
        try {
            call.awaitStart();
            R answer = call.get(call.latestNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
            return answer == null
                    ? new Attempt.Failed<>("invalid_answer", "answered null", Optional.empty())
                    : new Attempt.Answered<>(answer);
        } catch (ExecutionException e) {
            return new Attempt.Failed<>("exception", String.valueOf(e.getCause()), Optional.ofNullable(e.getCause()));
        } catch (CancellationException e) {
            return new Attempt.Failed<>("timeout", "left while it decided, and was interrupted", Optional.of(e));
        } catch (TimeoutException e) {
            return giveUp(offer, call, budgetMillis);
        } catch (InterruptedException e) {
            call.interrupt();
            throw e;
        }
    }

    private static <R> Attempt<R> giveUp(Offer offer, GuardedCall<R> call, long budgetMillis)
            throws InterruptedException {
        call.interrupt();
        boolean ended = offer.awaitLeft(call, INTERRUPT_TAKES_EFFECT);
        if (!ended) {
            call.abandon();
        }
        return new Attempt.Failed<>(
                "timeout",
                "no answer within %d ms%s".formatted(budgetMillis, ended ? "" : "; it ignores the interruption"),
                Optional.empty());
    }
}
