// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.simulator.ClusterModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A cluster and its accounts: its offer, the use by our scheduled pods, the orders. Foreign load gets the rest, up to
 * its demand, so that the sum never exceeds the offer. Guarded by the lock of the world.
 */
final class Node {

    private final ClusterModel model;
    private final ClusterId id;
    private final LongSupplier versions;
    private final Set<Pod> pods = new HashSet<>();
    private Resources capacity;
    private Resources allocatable;
    private Resources foreignWanted;
    private Resources scheduled = Resources.NONE;
    private Resources requested = Resources.NONE;
    private Resources overbooked = Resources.NONE;
    private boolean up = true;
    private long version;

    /** @param versions numbers each change of the report of a cluster */
    Node(ClusterModel model, LongSupplier versions) {
        this.model = model;
        this.id = new ClusterId(World.SOURCE, model.name());
        this.versions = versions;
        this.capacity = model.capacity();
        this.allocatable = capacity;
        this.foreignWanted = model.foreignLoad();
        reportedAnew();
    }

    /** Number of the last change of its report. */
    long version() {
        return version;
    }

    private void reportedAnew() {
        version = versions.getAsLong();
    }

    String name() {
        return model.name();
    }

    ClusterId id() {
        return id;
    }

    ClusterModel model() {
        return model;
    }

    boolean isUp() {
        return up;
    }

    void up(boolean nowUp) {
        up = nowUp;
        reportedAnew();
    }

    Resources allocatable() {
        return allocatable;
    }

    Resources foreign() {
        return smaller(foreignWanted, allocatable.minusFloored(scheduled));
    }

    void foreignWanted(Resources load) {
        foreignWanted = load;
        reportedAnew();
    }

    Resources allocated() {
        return scheduled.plus(foreign());
    }

    Resources requested() {
        return requested;
    }

    Resources overbooked() {
        return overbooked;
    }

    Resources free() {
        return allocatable.minusFloored(allocated());
    }

    boolean isOverfull() {
        return !scheduled.fitsInto(allocatable);
    }

    /** Sets another capacity, fully available. */
    void resize(Resources nodes) {
        capacity = nodes;
        allocatable = nodes;
        reportedAnew();
    }

    /** @param fraction share of the capacity that is gone */
    void drain(double fraction) {
        Map<String, Long> left = new LinkedHashMap<>(capacity.byName());
        left.replaceAll((name, amount) ->
                amount == Resources.UNLIMITED && fraction < 1 ? amount : (long) Math.floor(amount * (1 - fraction)));
        allocatable = Resources.ofNames(left);
        reportedAnew();
    }

    /** Takes an order for a pod; notes an order that exceeds the capacity. */
    void order(Pod pod) {
        pods.add(pod);
        requested = requested.plus(pod.requests());
        overbooked = overbooked.max(requested.plus(foreign()).minusFloored(allocatable));
    }

    void cancel(Pod pod) {
        pods.remove(pod);
        requested = requested.minusFloored(pod.requests());
        if (pod.isScheduled()) {
            release(pod);
        }
    }

    /** Withdraws the demand for the pod; it keeps its capacity until it is released. */
    void withdraw(Pod pod) {
        pods.remove(pod);
        requested = requested.minusFloored(pod.requests());
    }

    boolean hasRoomFor(Pod pod) {
        return up && pod.requests().fitsInto(free());
    }

    void occupy(Pod pod) {
        scheduled = scheduled.plus(pod.requests());
        reportedAnew();
    }

    void release(Pod pod) {
        scheduled = scheduled.minusFloored(pod.requests());
        reportedAnew();
    }

    /** Pods that are scheduled here, oldest first. */
    List<Pod> scheduledPods() {
        List<Pod> found = new ArrayList<>(pods);
        found.removeIf(pod -> !pod.isScheduled());
        found.sort(Comparator.comparingLong(Pod::number));
        return found;
    }

    private static Resources smaller(Resources wanted, Resources left) {
        return wanted.minusFloored(wanted.minusFloored(left));
    }
}
