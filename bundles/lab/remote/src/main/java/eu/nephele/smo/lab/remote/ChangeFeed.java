// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.ChangesMessage;
import eu.nephele.smo.lab.remote.wire.Messages.SignalReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls the world for changes all the time, keeps its view of clusters and signals, and notifies its listeners. */
final class ChangeFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
    private static final TypeReference<ChangesMessage> CHANGES = new TypeReference<>() {};
    private static final TypeReference<SignalReport> SIGNALS = new TypeReference<>() {};
    private static final TypeReference<List<ReleaseState>> RELEASES = new TypeReference<>() {};
    private static final long SIGNALS_SECONDS = 30;

    private final WorldClient client;
    private final Duration wait;
    private final Duration pause;
    private final Thread thread;
    private final List<FeedListener<Runnable>> clusterListeners = new CopyOnWriteArrayList<>();
    private final List<FeedListener<Consumer<WorkloadRef>>> workloadListeners = new CopyOnWriteArrayList<>();
    private volatile Optional<WorldView> view = Optional.empty();
    private volatile KnownSignals signals = KnownSignals.NONE;
    private volatile boolean closed;
    /** Flag: everything may have changed and not all of it has been published yet. Confined to the thread once it runs. */
    private boolean everythingToTell;

    /** One registration; the same callback may be registered several times. */
    private static final class FeedListener<T> {
        private final T target;

        FeedListener(T target) {
            this.target = target;
        }
    }

    /**
     * @param wait how long the world may hold back an answer while nothing changes
     * @param pause between two polls while the world is unavailable
     */
    ChangeFeed(WorldClient client, Duration wait, Duration pause) {
        this.client = client;
        this.wait = wait;
        this.pause = pause;
        this.thread = new Thread(this::follow, "smo-world-changes");
        thread.setDaemon(true);
    }

    /** Polls once before it returns, so that a world that was not polled yet is not taken for an empty one. */
    void start() {
        try {
            signals = readSignals();
            take();
        } catch (AdapterException e) {
            LOG.warn("first poll of the world failed; retrying every {}", pause, e);
        }
        thread.start();
    }

    /** Stops publishing; the thread ends as soon as the world answers or the call times out. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    Optional<List<ClusterState>> clusters() {
        return view.map(WorldView::clusters);
    }

    KnownSignals signals() {
        return signals;
    }

    Subscription onClusters(Runnable listener) {
        return register(clusterListeners, new FeedListener<>(listener));
    }

    Subscription onWorkloads(Consumer<WorkloadRef> listener) {
        return register(workloadListeners, new FeedListener<>(listener));
    }

    private static <T> Subscription register(List<FeedListener<T>> listeners, FeedListener<T> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void follow() {
        long signalsAt = System.nanoTime();
        boolean away = false;
        while (!closed) {
            try {
                if (view.isEmpty() || System.nanoTime() - signalsAt > TimeUnit.SECONDS.toNanos(SIGNALS_SECONDS)) {
                    signals = readSignals();
                    signalsAt = System.nanoTime();
                }
                take();
                if (away) {
                    LOG.info("polling the world recovered");
                }
                away = false;
            } catch (AdapterException e) {
                if (!away && !closed) {
                    LOG.warn("polling the world failed; retrying every {}", pause, e);
                }
                away = true;
                rest();
            }
        }
    }

    private KnownSignals readSignals() {
        return new KnownSignals(client.get("/signals", "Read signals", SIGNALS));
    }

    private void take() {
        boolean first = view.isEmpty();
        WorldView last = view.orElse(WorldView.NONE);
        // not longer than the signals stay fresh, and what is owed at once
        Duration timeout = first || everythingToTell ? Duration.ZERO : wait;
        ChangesMessage changes = client.poll(
                "/changes?history=%s&since=%d&version=%d&waitMillis=%d"
                        .formatted(WorldPaths.encoded(last.history()), last.next(), last.version(), timeout.toMillis()),
                timeout,
                "Follow the changes",
                CHANGES);
        if (closed) {
            return;
        }
        view = Optional.of(last.after(changes));
        if (first || changes.membership() || changes.missed()) {
            clusterListeners.forEach(listener -> call(listener.target));
        }
        everythingToTell |= changes.missed();
        for (WorkloadRef ref : everythingToTell ? everything() : changes.workloads()) {
            workloadListeners.forEach(listener -> call(() -> listener.target.accept(ref)));
        }
        everythingToTell = false;
    }

    /** Without listeners nothing is listed: a new listener reads everything anyway. */
    private Set<WorkloadRef> everything() {
        return workloadListeners.isEmpty()
                ? Set.of()
                : client.get("/releases", "List releases", RELEASES).stream()
                        .map(ReleaseState::workload)
                        .collect(Collectors.toSet());
    }

    /** A listener is foreign code: its failure must not cost the other listeners their events. */
    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.warn("listener of the world failed; the other listeners are notified", e);
        }
    }

    private void rest() {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            // only close() interrupts, and the loop sees it
            Thread.currentThread().interrupt();
        }
    }
}
