// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.health.HealthProbe;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.work.BackOff;
import eu.nephele.smo.core.contract.work.PriorityLevel;
import eu.nephele.smo.core.contract.work.ThreadScheduler;
import eu.nephele.smo.core.contract.work.WorkProbe;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.runtime.controller.ControllerRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A queue with threads for each kind: a controller that is slow, or waits for an unavailable system, holds up no other
 * kind. A queue lives as long as a controller of its kind is available, and until the last pass has ended.
 */
@Metric(
        value = "smo_runtime_queue_resources",
        type = MetricType.GAUGE,
        unit = "resources",
        labels = "kind",
        meaning = "Resources that are queued or in a pass. Exists while a controller of the kind is " + "registered")
@Metric(
        value = "smo_runtime_lost_calls",
        type = MetricType.GAUGE,
        unit = "calls",
        labels = "kind",
        meaning = "Aborted calls of the active controller that do not end. Exists while a controller of the "
                + "kind is registered")
final class KindWorkQueues implements HealthProbe, AutoCloseable {

    private static final String PART = "runtime";
    private static final String QUEUED = "smo_runtime_queue_resources";
    private static final String LOST = "smo_runtime_lost_calls";

    /** Interval of the check whether passes of a kind without a controller have ended. */
    private static final Duration SOON = Duration.ofMillis(200);

    private record KindWork(ThreadScheduler scheduler, WorkQueue<ResourceRef> queue) {}

    private final Map<String, KindWork> byKind = new ConcurrentHashMap<>();
    private final List<MetricsRecorder> told = new CopyOnWriteArrayList<>();
    private final ControllerRegistry controllers;
    private final int workers;
    private final BackOff backOff;
    private final Function<ResourceRef, PassResult> pass;
    private final Function<ResourceRef, PriorityLevel> laneOf;

    private volatile boolean closed;

    /**
     * @param workers resources of a kind that are reconciled at the same time, 1 or more
     * @param laneOf priority of a pass over a resource without any event
     */
    KindWorkQueues(
            ControllerRegistry controllers,
            int workers,
            BackOff backOff,
            Function<ResourceRef, PassResult> pass,
            Function<ResourceRef, PriorityLevel> laneOf) {
        this.controllers = controllers;
        this.workers = workers;
        this.backOff = backOff;
        this.pass = pass;
        this.laneOf = laneOf;
    }

    /** A kind without a controller needs no passes: when one comes, all resources are queued. */
    void add(ResourceRef ref, PriorityLevel priorityLevel) {
        find(ref.kind()).ifPresent(work -> work.queue().add(ref, priorityLevel));
    }

    /** A kind without a queue needs no probe. */
    void news(ResourceRef ref) {
        KindWork work = byKind.get(ref.kind());
        if (work != null) {
            work.queue().addNews(ref);
        }
    }

    /** The threads of a kind; empty while no controller of it is available. */
    Optional<ThreadScheduler> threads(String kind) {
        return find(kind).map(KindWork::scheduler);
    }

    private Optional<KindWork> find(String kind) {
        return Optional.ofNullable(byKind.computeIfAbsent(kind, this::fresh));
    }

    private @Nullable KindWork fresh(String kind) {
        if (closed || controllers.find(kind).isEmpty()) {
            return null;
        }
        ThreadScheduler scheduler = new ThreadScheduler(PART + "-" + kind, workers);
        WorkQueue<ResourceRef> queue =
                new WorkQueue<>(scheduler, pass, laneOf, backOff, new Random(), System::nanoTime);
        told.forEach(metricsRecorder -> publish(metricsRecorder, kind, queue));
        return new KindWork(scheduler, queue);
    }

    /** The last controller of a kind has gone: its queue ends when no pass is under way, unless another one comes. */
    void leave(String kind) {
        if (!closed && byKind.containsKey(kind)) {
            CompletableFuture.delayedExecutor(SOON.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> endWhenIdle(kind));
        }
    }

    private void endWhenIdle(String kind) {
        List<KindWork> ended = new ArrayList<>();
        byKind.computeIfPresent(kind, (any, work) -> {
            if (controllers.find(kind).isPresent() || work.queue().running() > 0) {
                return work;
            }
            // the queue takes no more: requests for it wait here, and get another one, or none
            work.queue().close();
            told.forEach(metricsRecorder -> withdraw(metricsRecorder, kind));
            ended.add(work);
            return null;
        });
        ended.forEach(work -> work.scheduler().close());
        if (ended.isEmpty() && controllers.find(kind).isEmpty()) {
            leave(kind);
        }
    }

    void publish(MetricsRecorder metricsRecorder) {
        told.add(metricsRecorder);
        byKind.forEach((kind, work) -> publish(metricsRecorder, kind, work.queue()));
    }

    private void publish(MetricsRecorder metricsRecorder, String kind, WorkQueue<ResourceRef> queue) {
        metricsRecorder.gauge(QUEUED, Map.of("kind", kind), queue, WorkQueue::size);
        metricsRecorder.gauge(LOST, Map.of("kind", kind), controllers, all -> all.find(kind)
                .map(installed -> installed.lost().get())
                .orElse(0));
    }

    private static void withdraw(MetricsRecorder metricsRecorder, String kind) {
        metricsRecorder.withdraw(QUEUED, Map.of("kind", kind));
        metricsRecorder.withdraw(LOST, Map.of("kind", kind));
    }

    void forget(MetricsRecorder metricsRecorder) {
        told.remove(metricsRecorder);
    }

    @Override
    public String part() {
        return PART;
    }

    /** Threads only: for a kind whose passes do not end there is a warning about its controller. */
    @Override
    public ProbeResult probe() {
        return WorkProbe.threads(
                        PART, byKind.values().stream().map(KindWork::scheduler).toList())
                .orElseGet(() -> ProbeResult.well("the resource runtime is available"));
    }

    @Override
    public void close() {
        closed = true;
        byKind.values().forEach(work -> work.queue().close());
        byKind.values().forEach(work -> work.scheduler().close());
    }
}
