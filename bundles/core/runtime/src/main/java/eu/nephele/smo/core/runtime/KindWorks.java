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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A queue with threads for each kind: one whose controller is slow, or waits for something that is away, holds up no other. */
final class KindWorks implements HealthProbe, AutoCloseable {

    private static final String PART = "runtime";

    private record Work(ThreadScheduler scheduler, WorkQueue<ResourceRef> queue) {}

    private final Map<String, Work> byKind = new ConcurrentHashMap<>();
    private final List<Measurements> told = new CopyOnWriteArrayList<>();
    private final int workers;
    private final BackOff backOff;
    private final Function<ResourceRef, Next> pass;
    private final Function<ResourceRef, Lane> laneOf;

    /**
     * @param workers resources of a kind worked on at the same time, 1 or more
     * @param laneOf why a resource is looked at of which nothing new is known
     */
    KindWorks(int workers, BackOff backOff, Function<ResourceRef, Next> pass, Function<ResourceRef, Lane> laneOf) {
        this.workers = workers;
        this.backOff = backOff;
        this.pass = pass;
        this.laneOf = laneOf;
    }

    void add(ResourceRef ref, Lane lane) {
        of(ref.kind()).queue().add(ref, lane);
    }

    /** Of a kind that nobody works on there is nothing to look at. */
    void news(ResourceRef ref) {
        Work work = byKind.get(ref.kind());
        if (work != null) {
            work.queue().addNews(ref);
        }
    }

    /** The threads of a kind. */
    ThreadScheduler threads(String kind) {
        return of(kind).scheduler();
    }

    private Work of(String kind) {
        return byKind.computeIfAbsent(kind, fresh -> {
            ThreadScheduler scheduler = new ThreadScheduler(PART + "-" + fresh, workers);
            WorkQueue<ResourceRef> queue =
                    new WorkQueue<>(scheduler, pass, laneOf, backOff, new Random(), System::nanoTime);
            told.forEach(measurements -> publish(measurements, fresh, queue));
            return new Work(scheduler, queue);
        });
    }

    void publish(Measurements measurements) {
        told.add(measurements);
        byKind.forEach((kind, work) -> publish(measurements, kind, work.queue()));
    }

    private static void publish(Measurements measurements, String kind, WorkQueue<ResourceRef> queue) {
        measurements.gauge("smo_runtime_queue_resources", Map.of("kind", kind), queue, WorkQueue::size);
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
        byKind.values().forEach(work -> work.queue().close());
        byKind.values().forEach(work -> work.scheduler().close());
    }
}
