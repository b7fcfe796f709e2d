// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A server process: it holds leases of partitions, renews them on a thread of its own, and acquires free ones up to its
 * fair share. It uses its own clock: it begins no call outside that could end after its lease.
 */
final class ModelOwner {

    private static final int STEPS_PER_SECOND = 10;
    private static final long STEP_MICROS = 1_000_000 / STEPS_PER_SECOND;

    private final int number;
    private final ModelWorld world;
    private final QueueingStation cores;
    private final OwnerPasses passes;
    private final Map<Integer, HeldPartition> held = new TreeMap<>();
    private boolean alive = true;
    private long stoppedUntil;
    private int keepingUp;

    /** @param untilMicros counted from its request, so never later than in the database */
    private record HeldPartition(GraphPartition partition, long epoch, long untilMicros) {}

    ModelOwner(int number, ModelWorld world) {
        this.number = number;
        this.world = world;
        this.cores =
                new QueueingStation(world.agenda(), world.settings().owner().cores());
        this.passes = new OwnerPasses(this, world);
    }

    int number() {
        return number;
    }

    QueueingStation cores() {
        return cores;
    }

    OwnerPasses passes() {
        return passes;
    }

    /** Cancels all its pending work. */
    void kill() {
        alive = false;
    }

    /** Delays all pending work of this owner. */
    void stop(long micros) {
        stoppedUntil = world.now() + micros;
    }

    boolean isUp() {
        return alive && world.now() >= stoppedUntil;
    }

    boolean isAlive() {
        return alive;
    }

    /** Schedules work of this process: dropped once it is dead, and delayed while it stands still. */
    Runnable mine(Runnable action) {
        return () -> {
            if (!alive) {
                return;
            }
            if (world.now() < stoppedUntil) {
                world.agenda().after(stoppedUntil - world.now(), mine(action));
            } else {
                action.run();
            }
        };
    }

    /** The epoch under which it holds a partition, or a negative number. */
    long epochOf(GraphPartition partition) {
        HeldPartition lease = held.get(partition.number());
        return lease == null ? -1 : lease.epoch();
    }

    /** Returns whether its lease still holds at that time, by its own clock. */
    boolean holdsUntil(GraphPartition partition, long epoch, long micros) {
        HeldPartition lease = held.get(partition.number());
        return lease != null && lease.epoch() == epoch && lease.untilMicros() >= micros;
    }

    /** The initial state: partitions are divided evenly, and no graph exists. */
    void begin(List<GraphPartition> own) {
        long lease = world.settings().lease().micros();
        for (GraphPartition partition : own) {
            partition.acquire(number, world.now(), lease);
            held.put(partition.number(), new HeldPartition(partition, partition.epoch(), world.now() + lease));
        }
        start();
    }

    /** Begins with the partitions that it holds, which are none after a restart. */
    void start() {
        world.agenda().after(world.settings().lease().renewMicros(), mine(this::renew));
        world.agenda().after(STEP_MICROS, mine(this::keepUp));
    }

    private void renew() {
        long asked = world.now();
        long lease = world.settings().lease().micros();
        List<GraphPartition> taken = new ArrayList<>();
        world.leases()
                .write(
                        () -> {
                            held.values()
                                    .removeIf(own -> !own.partition().renew(number, own.epoch(), world.now(), lease));
                            take(taken, lease);
                            return true;
                        },
                        any -> mine(() -> {
                                    held.replaceAll((partition, own) ->
                                            new HeldPartition(own.partition(), own.epoch(), asked + lease));
                                    taken.forEach(passes::lookAtAll);
                                })
                                .run());
        world.agenda().after(world.settings().lease().renewMicros(), mine(this::renew));
    }

    private void take(List<GraphPartition> taken, long lease) {
        long now = world.now();
        long others = world.partitions().stream()
                .filter(partition -> !partition.isFree(now) && partition.owner() != number)
                .mapToInt(GraphPartition::owner)
                .distinct()
                .count();
        long fair = (world.partitions().size() + others) / (others + 1);
        for (GraphPartition partition : world.partitions()) {
            if (held.size() < fair && partition.acquire(number, now, lease)) {
                held.put(partition.number(), new HeldPartition(partition, partition.epoch(), now));
                taken.add(partition);
            }
        }
    }

    /** Accounts for the continuous cost of running and observing graphs. An overloaded owner does this less often. */
    private void keepUp() {
        ScaleSettings.Steady steady = world.settings().costs().steady();
        double running = 0;
        Set<Integer> regions = new TreeSet<>();
        for (HeldPartition own : held.values()) {
            running += own.partition().running();
            regions.add(own.partition().region());
        }
        double clusters = (double) regions.size() * world.scenario().fleet().clustersPerRegion();
        double perSecond = running * steady.microsPerGraph() + clusters * steady.microsPerCluster();
        long micros = Math.round(perSecond / STEPS_PER_SECOND);
        if (micros > 0 && keepingUp < world.settings().owner().cores()) {
            keepingUp++;
            cores.serve(micros, mine(() -> keepingUp--));
        }
        world.agenda().after(STEP_MICROS, mine(this::keepUp));
    }
}
