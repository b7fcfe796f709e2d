// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import eu.nephele.smo.api.port.AdapterException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Probes a server periodically, so that a hanging one is noticed although its watches stay open. */
public final class ApiServerProbe implements AutoCloseable {

    private static final int BEATS = 5;
    private static final long SHORTEST_PAUSE_MILLIS = 1000;

    private final ApiServerConnection connection;
    private final String what;
    private final Function<KubernetesClient, ?> question;
    private final Duration limit;
    private final Runnable onReturn;
    private final ScheduledThreadPoolExecutor thread;
    private final long startedAt = System.nanoTime();
    private volatile Optional<ScheduledFuture<?>> beats = Optional.empty();
    private volatile Optional<Long> answeredAt = Optional.empty();
    private volatile Optional<AdapterException> failure = Optional.empty();

    /**
     * @param limit how long it may be silent
     * @param onReturn notified when it answers again
     */
    public ApiServerProbe(
            ApiServerConnection connection,
            String name,
            Function<KubernetesClient, ?> question,
            Duration limit,
            Runnable onReturn) {
        this.connection = connection;
        this.what = "Reach " + name;
        this.question = question;
        this.limit = limit;
        this.onReturn = onReturn;
        this.thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("smo-" + name + "-pulse"));
    }

    public void start() {
        long pause = Math.max(SHORTEST_PAUSE_MILLIS, limit.toMillis() / BEATS);
        beats = Optional.of(thread.scheduleWithFixedDelay(this::beat, 0, pause, TimeUnit.MILLISECONDS));
    }

    public boolean hasAnswered() {
        return answeredAt.isPresent();
    }

    /** Returns the time since its last answer; since the start if it has never answered. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - answeredAt.orElse(startedAt));
    }

    /** Returns whether it has been silent for longer than it may be. */
    public boolean isSilent() {
        return age().compareTo(limit) > 0;
    }

    public Optional<AdapterException> failure() {
        return failure;
    }

    /** Waits until it has answered, or failed, for the first time. */
    public void awaitFirst(long deadlineNanos) {
        InitialSync.until(() -> answeredAt.isPresent() || failure.isPresent(), deadlineNanos);
    }

    private void beat() {
        try {
            connection.call(what, client -> Optional.ofNullable(question.apply(client)));
            boolean back = failure.isPresent();
            answeredAt = Optional.of(System.nanoTime());
            failure = Optional.empty();
            if (back) {
                onReturn.run();
            }
        } catch (AdapterException e) {
            failure = Optional.of(e);
        }
    }

    @Override
    public void close() {
        beats.ifPresent(planned -> planned.cancel(false));
        thread.shutdownNow();
    }
}
