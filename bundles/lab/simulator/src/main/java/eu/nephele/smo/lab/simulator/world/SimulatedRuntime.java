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
            Release release = state.releases().ordered(key.workload(), what);
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
                state.releases()
                        .find(ref)
                        .ifPresent(release -> observations.put(ref, observation(release, state.nodes())));
            }
            return observations;
        });
    }

    @Override
    public Subscription subscribe(Consumer<WorkloadRef> onChange) {
        return world.announcements().onWorkloads(onChange);
    }

    private static boolean runsLike(Release release, Map<Node, Integer> replicas) {
        Map<String, Integer> wanted = new HashMap<>();
        replicas.forEach((node, count) -> wanted.put(node.name(), count));
        Map<String, Integer> present = new HashMap<>();
        release.podsByCluster().forEach((cluster, pods) -> present.put(cluster, pods.size()));
        return wanted.equals(present);
    }

    private static WorkloadObservation observation(Release release, Nodes nodes) {
        Map<ClusterId, OnCluster> byCluster = new HashMap<>();
        release.podsByCluster()
                .forEach((cluster, pods) -> byCluster.put(nodes.require(cluster).id(), onCluster(pods)));
        return new WorkloadObservation(release.ref(), byCluster, Readiness.obstacle(release, nodes));
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
