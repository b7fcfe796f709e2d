// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.lab.simulator.Outage;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Replicas of releases, ordered and observed. */
public final class SimulatedRuntime implements WorkloadRuntime {

    private final World world;

    public SimulatedRuntime(World world) {
        this.world = world;
    }

    @Override
    public void ensureShares(StepKey key, List<Share> shares) {
        String what = "Run " + key.workload();
        if (shares.isEmpty()) {
            throw new IllegalArgumentException(what + ": no share given, expected at least one");
        }
        world.change(state -> {
            state.requireWorking(Outage.RUNTIME, what);
            InstalledRelease release = state.releases().ordered(key.workload(), what);
            Map<Node, Integer> replicas = new LinkedHashMap<>();
            shares.forEach(share -> replicas.put(state.nodes().ordered(share.cluster(), what), share.replicas()));
            if (!runsLike(release, replicas)) {
                state.pods().fit(release, replicas);
                release.scaledBy(key);
                state.writes().release(key.workload());
            }
            return release;
        });
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
        return world.change(state -> {
            state.requireWorking(Outage.RUNTIME, "Observe workloads");
            Map<WorkloadRef, WorkloadObservation> observations = new HashMap<>();
            for (WorkloadRef ref : workloads) {
                state.releases().find(ref).ifPresent(release -> observations.put(ref, observation(release, state)));
            }
            return observations;
        });
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> remains(Collection<WorkloadRef> workloads, Set<ClusterId> clusters) {
        return world.change(state -> {
            state.requireWorking(Outage.RUNTIME, "List remaining workloads");
            Map<WorkloadRef, WorkloadObservation> left = new HashMap<>();
            for (WorkloadRef ref : workloads) {
                state.releases()
                        .find(ref)
                        .map(release -> observation(release, state))
                        .or(() -> ending(ref, state.pods()))
                        .ifPresent(seen -> left.put(ref, seen));
            }
            return left;
        });
    }

    private static Optional<WorkloadObservation> ending(WorkloadRef ref, PodLifecycle pods) {
        Map<ClusterId, OnCluster> there = new HashMap<>();
        Map<ClusterId, String> unseen = new HashMap<>();
        for (Pod pod : pods.ending(ref)) {
            if (pod.node().isUp()) {
                there.merge(pod.node().id(), ending(pod), SimulatedRuntime::together);
            } else {
                unseen.put(
                        pod.node().id(),
                        "removal on cluster %s, which is not ready, is left until it is back"
                                .formatted(pod.node().name()));
            }
        }
        return there.isEmpty() && unseen.isEmpty()
                ? Optional.empty()
                : Optional.of(new WorkloadObservation(ref, there, "", Optional.empty(), unseen));
    }

    private static OnCluster ending(Pod pod) {
        return new OnCluster(0, 1, 0, 0, 0, false, pod.requests());
    }

    private static OnCluster together(OnCluster one, OnCluster other) {
        return new OnCluster(
                0,
                one.replicas() + other.replicas(),
                0,
                0,
                0,
                false,
                one.requested().plus(other.requested()));
    }

    @Override
    public Subscription subscribe(Consumer<WorkloadRef> onChange) {
        return world.announcements().onWorkloads(onChange);
    }

    private static boolean runsLike(InstalledRelease release, Map<Node, Integer> replicas) {
        Map<String, Integer> wanted = new HashMap<>();
        replicas.forEach((node, count) -> wanted.put(node.name(), count));
        Map<String, Integer> present = new HashMap<>();
        release.podsByCluster().forEach((cluster, pods) -> present.put(cluster, pods.size()));
        return wanted.equals(present);
    }

    private static WorkloadObservation observation(InstalledRelease release, WorldState state) {
        Nodes nodes = state.nodes();
        Map<ClusterId, OnCluster> byCluster = new HashMap<>();
        ending(release.ref(), state.pods()).ifPresent(left -> byCluster.putAll(left.byCluster()));
        release.podsByCluster()
                .forEach((cluster, pods) -> byCluster.put(nodes.require(cluster).id(), onCluster(pods)));
        return new WorkloadObservation(release.ref(), byCluster, ReleaseReadiness.obstacle(release, nodes));
    }

    private static OnCluster onCluster(List<Pod> pods) {
        int ready = 0;
        int updated = 0;
        Resources requested = Resources.NONE;
        for (Pod pod : pods) {
            ready += pod.isReady() ? 1 : 0;
            updated += pod.isUpdated() ? 1 : 0;
            requested = pod.isScheduled() ? requested.plus(pod.requests()) : requested;
        }
        return new OnCluster(pods.size(), pods.size(), updated, ready, ready, true, requested);
    }
}
