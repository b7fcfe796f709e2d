// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.HelmSettings.WorkerSettings;
import eu.nephele.smo.adapters.helm.worker.Frame;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.OwnerFence;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one worker, and replaces it: when it ends, when a call is overdue, after its number of calls or above its memory
 * limit, or when this server has lost its database during a change. A worker that is replaced gets no more calls and
 * may finish those it has.
 */
final class WorkerSupervisor implements HelmCalls, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerSupervisor.class);

    private final WorkerSettings settings;
    private final WorkerStart start;
    private final Semaphore places;
    private final ScheduledExecutorService watch;
    /** A separate thread, because the watch waits for workers that end. */
    private final ScheduledExecutorService looks;

    private final OwnersChanges changes;
    private final Set<WorkerProcess> leaving = ConcurrentHashMap.newKeySet();
    private final Set<WorkerProcess> ending = ConcurrentHashMap.newKeySet();
    private volatile Optional<WorkerProcess> current = Optional.empty();
    private boolean closed;

    WorkerSupervisor(WorkerSettings settings, WorkerStart start, OwnerFence fence) {
        this.settings = settings;
        this.start = start;
        this.places = new Semaphore(settings.parallel(), true);
        this.watch = timer("helm-worker-watch");
        this.looks = timer("helm-worker-tenure");
        this.changes = new OwnersChanges(fence, looks);
    }

    private static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            return thread;
        });
    }

    @Override
    public QueuedHelmCall begin(String word, Map<String, String> texts, Duration limit) {
        return placed(worker -> worker.call(word, texts), limit);
    }

    @Override
    public QueuedHelmCall change(String word, Map<String, String> texts, Duration limit) {
        return placed(worker -> changes.ask(worker, word, texts), limit);
    }

    /** @param ask sends the request; called with a permit and a running worker, which may take long */
    private QueuedHelmCall placed(Function<WorkerProcess, CompletableFuture<Frame>> ask, Duration limit) {
        takePlace(limit);
        try {
            return begun(ask, limit);
        } catch (RuntimeException notBegun) {
            places.release();
            throw notBegun;
        }
    }

    /** Returns the state of the worker; empty while none runs. */
    Optional<WorkerState> state() {
        return current.filter(worker -> !worker.isGone())
                .map(worker -> new WorkerState(
                        worker.pid(),
                        start.version(),
                        worker.calls(),
                        worker.inFlight(),
                        worker.memoryMiB(),
                        Duration.ofMillis(worker.ageMillis()),
                        start.starts()));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            current.ifPresent(leaving::add);
            current = Optional.empty();
        }
        watch.shutdownNow();
        looks.shutdownNow();
        // also those whose end the watch has not handled
        leaving.forEach(WorkerSupervisor::end);
        ending.forEach(WorkerSupervisor::end);
    }

    private synchronized QueuedHelmCall begun(Function<WorkerProcess, CompletableFuture<Frame>> ask, Duration limit) {
        WorkerProcess worker = worker();
        CompletableFuture<Frame> answer = new CompletableFuture<>();
        CompletableFuture<Frame> raw = ask.apply(worker);
        Future<?> deadline =
                watch.schedule(() -> overdue(worker, raw, answer, limit), limit.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> end = raw.handle((frame, failed) -> {
            deadline.cancel(false);
            places.release();
            settle(answer, frame, failed);
            afterCall(worker);
            return null;
        });
        return new QueuedHelmCall(answer, end);
    }

    private void takePlace(Duration limit) {
        try {
            if (!places.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AdapterException(
                        Kind.UNAVAILABLE,
                        HelmErrors.SYSTEM,
                        "All %d permits for calls of Helm are taken; the limit is parallel in %s"
                                .formatted(settings.parallel(), HelmReleases.PID),
                        Optional.of(Duration.ofSeconds(1)));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AdapterException(
                    Kind.UNAVAILABLE, HelmErrors.SYSTEM, "The call of Helm was cancelled before it began", stopped);
        }
    }

    private synchronized WorkerProcess worker() {
        if (closed) {
            throw new AdapterException(Kind.UNAVAILABLE, HelmErrors.SYSTEM, "The adapter of Helm is being stopped");
        }
        if (current.isPresent() && current.get().isGone()) {
            leave(current.get());
        }
        WorkerProcess worker = current.orElseGet(start::start);
        current = Optional.of(worker);
        return worker;
    }

    private void overdue(
            WorkerProcess worker, CompletableFuture<Frame> raw, CompletableFuture<Frame> answer, Duration limit) {
        if (raw.isDone()) {
            return;
        }
        LOG.warn("helm call timed out after={}s process={}; replacing the worker", limit.toSeconds(), worker.pid());
        worker.giveUpOne();
        // first, because the caller may retry as soon as this call has failed
        leave(worker);
        answer.completeExceptionally(new TimeoutException("No answer of Helm after %d s".formatted(limit.toSeconds())));
    }

    private void afterCall(WorkerProcess worker) {
        if (leaving.contains(worker)) {
            endIfDrained(worker);
        } else if (worker.isGone() || worker.calls() >= settings.calls() || worker.memoryMiB() > settings.memoryMiB()) {
            leave(worker);
        }
    }

    private void leave(WorkerProcess worker) {
        synchronized (this) {
            leaving.add(worker);
            current = current.filter(it -> it != worker);
        }
        endIfDrained(worker);
    }

    private synchronized void endIfDrained(WorkerProcess worker) {
        if (worker.isDrained() && !closed && leaving.remove(worker)) {
            ending.add(worker);
            watch.execute(() -> {
                end(worker);
                ending.remove(worker);
            });
        }
    }

    private static void end(WorkerProcess worker) {
        if (worker.isStuck()) {
            worker.kill();
        }
        worker.close();
    }

    private static void settle(CompletableFuture<Frame> answer, @Nullable Frame frame, @Nullable Throwable failed) {
        if (failed == null) {
            answer.complete(frame);
        } else {
            answer.completeExceptionally(failed);
        }
    }
}
