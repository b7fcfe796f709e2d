// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.WorldSnapshot.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Creates, schedules, starts and ends pods. Guarded by the lock of the world. */
final class PodLifecycle {

    private final Duration startupDelay;
    private final Duration terminationDelay;
    private final Consumer<WorkloadRef> changed;
    private final Set<Pod> waiting = new LinkedHashSet<>();
    private final TreeSet<Pod> starting = new TreeSet<>(Pod.BY_READINESS);
    private final EndingPods ending = new EndingPods();
    private final Set<String> broken = new HashSet<>();
    private long created;
    private boolean roomMayBeThere;

    PodLifecycle(Duration startupDelay, Duration terminationDelay, Consumer<WorkloadRef> changed) {
        this.startupDelay = startupDelay;
        this.terminationDelay = terminationDelay;
        this.changed = changed;
    }

    /** Gives the release exactly these replicas: surplus pods end, those that are not ready and the youngest first. */
    void fit(InstalledRelease release, Map<Node, Integer> replicas) {
        Set<String> keep = new TreeSet<>();
        replicas.keySet().forEach(node -> keep.add(node.name()));
        List.copyOf(release.podsByCluster().keySet()).stream()
                .filter(cluster -> !keep.contains(cluster))
                .forEach(cluster -> withdraw(release, cluster));
        replicas.forEach((node, count) -> fit(release, node, count));
        roll(release);
        changed.accept(release.ref());
    }

    /** Replaces pods of former revisions in place, one after the other on each cluster: the next one when the last is ready. */
    private void roll(InstalledRelease release) {
        release.podsByCluster().values().forEach(pods -> {
            for (Optional<Pod> next = outdated(pods); next.isPresent(); next = outdated(pods)) {
                Pod old = next.get();
                pods.remove(old);
                end(old);
                create(release, old.node(), pods);
            }
        });
    }

    /** Returns an outdated pod; pods that do not serve are removed at once. */
    private static Optional<Pod> outdated(List<Pod> pods) {
        boolean waits = pods.stream().anyMatch(pod -> pod.isUpdated() && !pod.isReady());
        return pods.stream()
                .filter(pod -> !pod.isUpdated() && !(waits && pod.isReady()))
                .min(Comparator.comparing(Pod::isReady).thenComparing(Pod::number));
    }

    /** From now on pods of this artifact do not become ready. */
    void breakArtifact(String artifact) {
        broken.add(artifact);
    }

    /** Ends every pod of the release on the cluster and forgets that it was there. */
    void withdraw(InstalledRelease release, String cluster) {
        List<Pod> there = release.podsByCluster().remove(cluster);
        if (there != null) {
            there.forEach(this::end);
            changed.accept(release.ref());
        }
    }

    private void fit(InstalledRelease release, Node node, int count) {
        List<Pod> pods = release.podsByCluster().computeIfAbsent(node.name(), name -> new ArrayList<>());
        while (pods.size() > count) {
            Pod surplus = pods.stream()
                    .max(Comparator.comparing((Pod pod) -> !pod.isReady()).thenComparing(Pod::number))
                    .orElseThrow();
            pods.remove(surplus);
            end(surplus);
        }
        while (pods.size() < count) {
            create(release, node, pods);
        }
    }

    private void create(InstalledRelease release, Node node, List<Pod> pods) {
        Pod pod = new Pod(++created, release, node, release.perReplica());
        pods.add(pod);
        node.order(pod);
        waiting.add(pod);
        roomMayBeThere = true;
    }

    /** Clusters changed: waiting pods are tried again. */
    void lookForRoomAgain() {
        roomMayBeThere = true;
    }

    private void end(Pod pod) {
        roomMayBeThere = true;
        starting.remove(pod);
        waiting.remove(pod);
        if (terminationDelay.isZero() || !pod.isScheduled()) {
            pod.node().cancel(pod);
        } else {
            pod.node().withdraw(pod);
            ending.add(pod);
        }
    }

    /** Pods of a release that are ending, also when the release itself is gone. */
    Collection<Pod> ending(WorkloadRef ref) {
        return ending.list(ref);
    }

    /** The moment at which the next pod has ended; {@link Instant#MAX} when none is ending. */
    Instant nextEnded() {
        return ending.next();
    }

    /** Frees the capacity of the next pod that has ended. */
    void freeNext() {
        ending.poll().ifPresent(pod -> {
            pod.node().release(pod);
            roomMayBeThere = true;
            changed.accept(pod.release().ref());
        });
    }

    /** Schedules waiting pods where capacity is free, in the order of their waiting. */
    void schedule(Instant now) {
        ending.end(now, terminationDelay);
        if (!roomMayBeThere) {
            return;
        }
        roomMayBeThere = false;
        for (Iterator<Pod> each = waiting.iterator(); each.hasNext(); ) {
            Pod pod = each.next();
            if (pod.node().hasRoomFor(pod)) {
                each.remove();
                pod.node().occupy(pod);
                start(pod, now);
            }
        }
    }

    /** The moment at which the next pod becomes ready; {@link Instant#MAX} when none is starting. */
    Instant nextReady() {
        return starting.isEmpty() ? Instant.MAX : starting.first().readyAt();
    }

    /** Makes the next starting pod ready. */
    void finishNext() {
        Pod pod = starting.pollFirst();
        if (pod != null) {
            pod.becomes(PodPhase.READY);
            roll(pod.release());
            changed.accept(pod.release().ref());
        }
    }

    void lose(Node node) {
        for (Pod pod : node.scheduledPods()) {
            starting.remove(pod);
            pod.becomes(PodPhase.UNREACHABLE);
            changed.accept(pod.release().ref());
        }
    }

    void restart(Node node, Instant now) {
        node.scheduledPods().forEach(pod -> start(pod, now));
    }

    /** Sends the youngest pods back to waiting until the rest fits. */
    void evictOverflow(Node node) {
        List<Pod> placed = node.scheduledPods();
        for (int i = placed.size() - 1; i >= 0 && node.isOverfull(); i--) {
            Pod pod = placed.get(i);
            starting.remove(pod);
            node.release(pod);
            pod.becomes(PodPhase.PENDING);
            waiting.add(pod);
            roomMayBeThere = true;
            changed.accept(pod.release().ref());
        }
    }

    private void start(Pod pod, Instant now) {
        starting.remove(pod);
        boolean never = broken.contains(pod.artifact());
        pod.startsUntil(never ? Instant.MAX : now.plus(startupDelay));
        if (!never) {
            starting.add(pod);
        }
        changed.accept(pod.release().ref());
    }
}
