// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import eu.nephele.smo.adapters.docker.engine.ContainerEngine;
import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.engine.EngineFailures;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server: listed once for all workloads, after each event and from time to time; with threads of its own, so that
 * one that hangs
 * delays no other.
 */
public final class DockerServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DockerServer.class);
    private static final int WORKERS = 4;
    private static final int PULLS = 2;
    private static final long EVENT_GAP_NANOS = 200_000_000L;

    private final ServerSettings settings;
    private final ContainerEngine engine;
    private final EngineReader reader;
    private final Consumer<DockerServer> onLook;
    private final EngineEvents events;
    private final ServerThreads statistics;
    private final TaskLane looking;
    private final TaskLane working;
    private final TaskLane pulling;

    private final long configuredNanos = System.nanoTime();

    private Optional<CompletableFuture<ServerListing>> queued = Optional.empty();
    private boolean running;
    private volatile Optional<CompletableFuture<ServerListing>> ticked = Optional.empty();
    private volatile Optional<ServerListing> last = Optional.empty();
    private volatile Optional<AdapterException> failure = Optional.empty();
    private volatile Set<String> firstSeen = Set.of();
    private volatile long seenNanos;
    private volatile long askedNanos;

    /** @param onLook called after each attempt to list it, on a thread of this server */
    public DockerServer(
            ServerSettings settings,
            ContainerEngine engine,
            Clock clock,
            Consumer<DockerServer> onLook,
            ServerThreads threads,
            ServerThreads statistics) {
        this.statistics = statistics;
        this.settings = settings;
        this.engine = engine;
        this.reader = new EngineReader(engine, clock);
        this.onLook = onLook;
        this.events = new EngineEvents(settings.name(), engine);
        looking = threads.lane(1);
        working = threads.lane(WORKERS);
        pulling = threads.lane(PULLS);
        seenNanos = configuredNanos;
        askedNanos = seenNanos - settings.lookEvery().toNanos();
    }

    public ServerSettings settings() {
        return settings;
    }

    public ClusterId id() {
        return settings.id();
    }

    public ContainerEngine engine() {
        return engine;
    }

    /** For failures of this server alone. */
    public EngineFailures failures() {
        return new EngineFailures(settings.name());
    }

    /** The newest listing, however old. */
    public Optional<ServerListing> last() {
        return last;
    }

    /** The newest listing, if it is not too old to be believed. */
    public Optional<ServerListing> believed() {
        return last.filter(any ->
                System.nanoTime() - seenNanos < settings.unreachableAfter().toNanos());
    }

    public boolean isReady() {
        return believed().isPresent();
    }

    /** Why the last attempt to list it failed; empty if it did not. */
    public Optional<AdapterException> failure() {
        return failure;
    }

    /** Whether no attempt to list it has ended yet. */
    public boolean isUnknown() {
        return last.isEmpty() && failure.isEmpty();
    }

    /** Whether it was configured less than that ago, and no attempt to list it has ended yet. */
    public boolean isComing(Duration within) {
        return comingNanos(within) > 0;
    }

    /** How much is left of that time since it was configured, while no attempt to list it has ended; 0 otherwise. */
    public long comingNanos(Duration within) {
        return isUnknown() ? Math.max(0, within.toNanos() - (System.nanoTime() - configuredNanos)) : 0;
    }

    /** Whether this container ran already when the server was seen for the first time. */
    public boolean ranBefore(String id) {
        return firstSeen.contains(id);
    }

    /** Looks again if it is time to, or something happened there; never blocks. */
    public void tick() {
        long now = System.nanoTime();
        boolean due = now - askedNanos >= settings.lookEvery().toNanos();
        if (due || (now - askedNanos >= EVENT_GAP_NANOS && events.takeNews())) {
            ticked = Optional.of(request());
        }
    }

    /**
     * A listing that begins after this call.
     *
     * @throws AdapterException if there is none within the limit
     */
    public ServerListing look(Duration limit) {
        return await(request(), limit);
    }

    /** Like {@link #look}, without waiting. */
    public CompletableFuture<ServerListing> request() {
        synchronized (this) {
            askedNanos = System.nanoTime();
            CompletableFuture<ServerListing> next = queued.orElseGet(CompletableFuture::new);
            queued = Optional.of(next);
            if (!running) {
                begin(next);
            }
            return next;
        }
    }

    private void begin(CompletableFuture<ServerListing> next) {
        try {
            looking.execute(this::run);
            running = true;
        } catch (RejectedExecutionException ending) {
            queued = Optional.empty();
            next.completeExceptionally(failures()
                    .failure(Kind.UNAVAILABLE, "Server %s is not configured any more".formatted(settings.name())));
        }
    }

    private void run() {
        CompletableFuture<ServerListing> mine;
        synchronized (this) {
            mine = queued.orElseGet(CompletableFuture::new);
            queued = Optional.empty();
        }
        try {
            ServerListing sighting = reader.read();
            if (last.isEmpty()) {
                firstSeen = sighting.containers().stream()
                        .filter(EngineContainer::isRunning)
                        .map(EngineContainer::id)
                        .collect(Collectors.toUnmodifiableSet());
            }
            last = Optional.of(sighting);
            seenNanos = System.nanoTime();
            failure.ifPresent(over -> LOG.info("server answers again server={}", settings.name()));
            failure = Optional.empty();
            events.open();
            mine.complete(sighting);
        } catch (AdapterException failed) {
            if (failure.isEmpty()) {
                LOG.warn("listing failed server={} reason=\"{}\"", settings.name(), failed.getMessage());
            }
            failed(mine, failed);
        } catch (RuntimeException unread) {
            // what one engine answers is no fault of the others
            LOG.error("listing failed server={}", settings.name(), unread);
            failed(
                    mine,
                    failures()
                            .failure(
                                    Kind.UNAVAILABLE,
                                    "The answer of server %s cannot be read: %s".formatted(settings.name(), unread),
                                    unread));
        } finally {
            mine.completeExceptionally(new IllegalStateException("the listing ended without a result"));
            again();
        }
        onLook.accept(this);
    }

    private void failed(CompletableFuture<ServerListing> listing, AdapterException why) {
        failure = Optional.of(why);
        events.close();
        listing.completeExceptionally(why);
    }

    private synchronized void again() {
        running = false;
        queued.ifPresent(this::begin);
    }

    /** RunTimes for an answer of this server. */
    public <T> T await(CompletableFuture<T> answer, Duration limit) {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AdapterException known) {
                throw known;
            }
            throw new IllegalStateException("Server %s: %s".formatted(settings.name(), failed.getCause()), failed);
        } catch (TimeoutException late) {
            throw failures()
                    .failure(
                            Kind.TIMED_OUT,
                            "Server %s did not answer within %d ms".formatted(settings.name(), limit.toMillis()),
                            late);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw failures().failure(Kind.UNAVAILABLE, "Interrupted while waiting for " + settings.name(), ending);
        }
    }

    /** Runs a task on a thread of this server; not at all once it is closed. */
    public void work(Runnable task) {
        run(working, task);
    }

    /**
     * Like {@link #work}, for what takes minutes.
     *
     * @param never called instead of the task if the server is closed before it began
     */
    public void workLong(Runnable task, Runnable never) {
        try {
            pulling.execute(new LongTask(task, never));
        } catch (RejectedExecutionException ending) {
            LOG.debug("long task rejected server={}; it is not configured any more", settings.name(), ending);
            never.run();
        }
    }

    /** Either the task is run, or the other. */
    private record LongTask(Runnable task, Runnable never) implements Runnable {
        @Override
        public void run() {
            task.run();
        }
    }

    private void run(TaskLane lane, Runnable task) {
        try {
            lane.execute(task);
        } catch (RejectedExecutionException ending) {
            LOG.debug("task rejected server={}; it is not configured any more", settings.name(), ending);
        }
    }

    /**
     * A lane for the statistics of this server.
     *
     * @param atOnce most of them at the same time
     */
    public TaskLane statisticsLane(int atOnce) {
        return statistics.lane(atOnce);
    }

    @Override
    public void close() {
        ticked.ifPresent(last -> last.cancel(false));
        looking.close();
        working.close();
        pulling.shutDown().stream()
                .filter(LongTask.class::isInstance)
                .map(LongTask.class::cast)
                .forEach(task -> task.never().run());
        events.close();
        engine.close();
    }
}
