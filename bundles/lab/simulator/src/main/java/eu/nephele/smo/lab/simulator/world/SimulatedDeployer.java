// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.Outage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Installs releases at once; their pods take their time. An upgrade keeps the replicas of the clusters where the release is
 * already, and the pods too unless chart or requests changed: then they are replaced one after the other. On several targets a release begins without pods: how replicas are
 * split over them is said by the shares that follow.
 */
public final class SimulatedDeployer implements WorkloadDeployer {

    private final World world;
    private final ReleasePlacement places;
    private final PodRequests requests;

    public SimulatedDeployer(World world) {
        this.world = world;
        this.places = new ReleasePlacement(world.scenario());
        this.requests = new PodRequests(world.scenario());
    }

    @Override
    public ReleaseState ensureInstalled(InstallRequest asked) {
        InstallRequest request = requests.played(asked);
        return world.change(state -> {
            Optional<InstalledRelease> present = present(state, request);
            if (present.isPresent() && present.get().isMadeOf(request)) {
                present.get().adoptedBy(request);
                return present.get().state();
            }
            return write(state, request, present);
        });
    }

    /** Writes the release without reading the present one: always a new revision. */
    public ReleaseState write(InstallRequest asked) {
        InstallRequest request = requests.played(asked);
        return world.change(state -> write(state, request, present(state, request)));
    }

    private static Optional<InstalledRelease> present(WorldState state, InstallRequest request) {
        WorkloadRef ref = request.key().workload();
        state.requireWorking(Outage.DEPLOYER, "Install " + ref);
        state.releases().requireNameFor(ref);
        return state.releases().find(ref);
    }

    private ReleaseState write(WorldState state, InstallRequest request, Optional<InstalledRelease> present) {
        Set<Node> where = places.choose(request, state.nodes());
        if (present.isPresent() && present.get().wasWrittenBy(request)) {
            state.writes().releaseAgain(request.key().workload());
        } else {
            state.writes().release(request.key().workload());
        }
        return present.map(release -> upgrade(state, release, request, where))
                .orElseGet(() -> install(state, request, where))
                .state();
    }

    @Override
    public void ensureRemoved(StepKey key, String owner) {
        world.change(state -> {
            state.requireWorking(Outage.DEPLOYER, "Remove " + key.workload());
            state.releases()
                    .find(key.workload())
                    .filter(found -> found.isOwnedBy(owner))
                    .ifPresent(release -> {
                        state.pods().fit(release, Map.of());
                        state.releases().remove(release);
                        state.writes().release(key.workload());
                    });
            return key;
        });
    }

    @Override
    public Optional<JsonObject> defaultValues(Artifact artifact) {
        return world.change(state -> {
            state.requireWorking(Outage.DEPLOYER, "Read the values of " + artifact.reference());
            return Optional.of(requests.defaultValues(artifact));
        });
    }

    @Override
    public Optional<ReleaseState> state(WorkloadRef workload) {
        return world.change(state -> {
            state.requireWorking(Outage.DEPLOYER, "Read the release of " + workload);
            return state.releases().find(workload).map(InstalledRelease::state);
        });
    }

    @Override
    public List<ReleaseState> owned() {
        return world.change(state -> {
            state.requireWorking(Outage.DEPLOYER, "List releases");
            return state.releases().all().stream().map(InstalledRelease::state).toList();
        });
    }

    private static InstalledRelease install(WorldState state, InstallRequest request, Set<Node> where) {
        InstalledRelease release = new InstalledRelease(request, state.now());
        state.releases().add(release);
        state.pods().fit(release, replicas(release, request, where));
        return release;
    }

    private static InstalledRelease upgrade(
            WorldState state, InstalledRelease release, InstallRequest request, Set<Node> where) {
        Map<Node, Integer> replicas = replicas(release, request, where);
        release.upgrade(request);
        state.pods().fit(release, replicas);
        return release;
    }

    private static Map<Node, Integer> replicas(InstalledRelease release, InstallRequest request, Set<Node> where) {
        int atFirst = request.targets().size() > 1 ? 0 : request.replicas();
        Map<Node, Integer> replicas = new LinkedHashMap<>();
        for (Node node : where) {
            List<Pod> present = release.podsByCluster().get(node.name());
            replicas.put(node, present == null ? atFirst : present.size());
        }
        return replicas;
    }
}
