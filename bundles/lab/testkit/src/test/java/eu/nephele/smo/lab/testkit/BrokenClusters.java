// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

final class BrokenClusters extends Broken implements ClusterRegistry {

    private static final ClusterId C1 = new ClusterId("memory", "c1");
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private BrokenClusters(String fault) {
        super(fault);
    }

    @Override
    public List<ClusterState> clusters() {
        goOut();
        return has("namesEachClusterOnceUnderItsOwnSource") ? List.of(state(), state()) : List.of(state());
    }

    private static ClusterState state() {
        Resources resources = new Resources(1000, 0, 0, 0);
        return new ClusterState(
                C1, true, resources, Resources.NONE, "", Map.of(), EnergyProfile.UNKNOWN, Set.of(), Instant.EPOCH);
    }

    @Override
    public ClusterTarget target(ClusterId cluster) {
        return ClusterTarget.of(has("aTargetIsTheClusterThatWasAskedFor") ? new ClusterId("memory", "other") : cluster);
    }

    @Override
    public Subscription subscribe(Runnable onChange) {
        listeners.add(onChange);
        return () -> {
            if (!has("tellsOfChangesUntilTheSubscriptionEnds")) {
                listeners.remove(onChange);
            }
        };
    }

    static PortContract<?> contract(String fault) {
        BrokenClusters broken = new BrokenClusters(fault);
        return new ClusterRegistryContract() {
            @Override
            protected ClusterRegistry adapter() {
                return broken;
            }

            @Override
            protected Map<String, ?> serviceProperties() {
                return broken.properties(ClusterId.SOURCE, "memory");
            }

            @Override
            protected void breakTheSystem() {
                broken.down();
            }

            @Override
            protected Duration within() {
                return Duration.ofSeconds(2);
            }

            @Override
            protected ClusterId present() {
                return C1;
            }

            @Override
            protected void changeACluster() {
                broken.listeners.forEach(Runnable::run);
            }
        };
    }
}
