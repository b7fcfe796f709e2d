// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.health.HealthProbe;
import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.contract.work.BackOff;
import eu.nephele.smo.core.contract.work.Lane;
import eu.nephele.smo.core.contract.work.ThreadScheduler;
import eu.nephele.smo.core.contract.work.WorkProbe;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.contract.work.WorkQueue.Next;
import eu.nephele.smo.core.runtime.controller.Controllers;
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
 * A queue with threads for each kind: one whose controller is slow, or waits for something that is away, holds up no other. It is there
 * as long as a controller of its kind is, and until the last pass has ended.
 */
final class KindWorks implements HealthProbe, AutoCloseable {

    private static final String PART = "runtime";
    private static final String QUEUED = "smo_runtime_queue_resources";
    private static final String LOST = "smo_runtime_lost_calls";

    /** How often it is looked whether passes of a kind that nobody has a controller of any more have ended. */
    private static final Duration SOON = Duration.ofMillis(200);

    private record Work(ThreadScheduler scheduler, WorkQueue<ResourceRef> queue) {}

    private final Map<String, Work> byKind = new ConcurrentHashMap<>();
    private final List<Measurements> told = new CopyOnWriteArrayList<>();
    private final Controllers controllers;
    private final int workers;
    private final BackOff backOff;
    private final Function<ResourceRef, Next> pass;
    private final Function<ResourceRef, Lane> laneOf;

    private volatile boolean closed;

    /**
     * @param controllers that are there
     * @param workers resources of a kind worked on at the same time, 1 or more
     * @param laneOf why a resource is looked at of which nothing new is known
     */
    KindWorks(
            Controllers controllers,
            int workers,
            BackOff backOff,
            Function<ResourceRef, Next> pass,
            Function<ResourceRef, Lane> laneOf) {
        this.controllers = controllers;
        this.workers = workers;
        this.backOff = backOff;
        this.pass = pass;
        this.laneOf = laneOf;
    }

    /** Of a kind without a controller there is nothing to do: when one comes, all resources are queued. */
    void add(ResourceRef ref, Lane lane) {
        of(ref.kind()).ifPresent(work -> work.queue().add(ref, lane));
    }

    /** Of a kind that nobody works on there is nothing to look at. */
    void news(ResourceRef ref) {
        Work work = byKind.get(ref.kind());
        if (work != null) {
            work.queue().addNews(ref);
        }
    }

    /** The threads of a kind; empty while no controller of it is there. */
    Optional<ThreadScheduler> threads(String kind) {
        return of(kind).map(Work::scheduler);
    }

    private Optional<Work> of(String kind) {
        return Optional.ofNullable(byKind.computeIfAbsent(kind, this::fresh));
    }

    private @Nullable Work fresh(String kind) {
        if (closed || controllers.of(kind).isEmpty()) {
            return null;
        }
        ThreadScheduler scheduler = new ThreadScheduler(PART + "-" + kind, workers);
        WorkQueue<ResourceRef> queue =
                new WorkQueue<>(scheduler, pass, laneOf, backOff, new Random(), System::nanoTime);
        told.forEach(measurements -> publish(measurements, kind, queue));
        return new Work(scheduler, queue);
    }

    /** The last controller of a kind has gone: what was there for it goes when no pass is under way, unless another one comes. */
    void leave(String kind) {
        if (!closed && byKind.containsKey(kind)) {
            CompletableFuture.delayedExecutor(SOON.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> endWhenIdle(kind));
        }
    }

    private void endWhenIdle(String kind) {
        List<Work> ended = new ArrayList<>();
        byKind.computeIfPresent(kind, (any, work) -> {
            if (controllers.of(kind).isPresent() || work.queue().running() > 0) {
                return work;
            }
            // nobody adds to it any more: who asks for it waits here, and gets another one, or none
            work.queue().close();
            told.forEach(measurements -> withdraw(measurements, kind));
            ended.add(work);
            return null;
        });
        ended.forEach(work -> work.scheduler().close());
        if (ended.isEmpty() && controllers.of(kind).isEmpty()) {
            leave(kind);
        }
    }

    void publish(Measurements measurements) {
        told.add(measurements);
        byKind.forEach((kind, work) -> publish(measurements, kind, work.queue()));
    }

    private void publish(Measurements measurements, String kind, WorkQueue<ResourceRef> queue) {
        measurements.gauge(QUEUED, Map.of("kind", kind), queue, WorkQueue::size);
        measurements.gauge(LOST, Map.of("kind", kind), controllers, all -> all.of(kind)
                .map(installed -> installed.lost().get())
                .orElse(0));
    }

    private static void withdraw(Measurements measurements, String kind) {
        measurements.withdraw(QUEUED, Map.of("kind", kind));
        measurements.withdraw(LOST, Map.of("kind", kind));
    }

    void forget(Measurements measurements) {
        told.remove(measurements);
    }

    @Override
    public String part() {
        return PART;
    }

    /** Threads only: a kind whose passes do not go on has a controller that is warned of. */
    @Override
    public Finding look() {
        return WorkProbe.threads(
                        PART, byKind.values().stream().map(Work::scheduler).toList())
                .orElseGet(() -> Finding.well("the runtime of resources is there"));
    }

    @Override
    public void close() {
        closed = true;
        byKind.values().forEach(work -> work.queue().close());
        byKind.values().forEach(work -> work.scheduler().close());
    }
}
