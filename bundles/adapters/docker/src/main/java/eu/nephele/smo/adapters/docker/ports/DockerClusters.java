// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ports;

import eu.nephele.smo.adapters.docker.control.ServerFleet;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.ServerListing;
import eu.nephele.smo.adapters.docker.server.ServerSettings;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.Subscription;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Servers as clusters: processors, memory, and a number of containers. */
public final class DockerClusters implements ClusterRegistry {

    private static final Set<String> TYPES = Set.of("container");
    private static final String REGION = "topology.kubernetes.io/region";
    private static final long MILLIS = 1000;

    private final ServerFleet fleet;
    private final Clock clock;
    private final ChangeListeners<Boolean> listeners = new ChangeListeners<>();

    /** What was told last, by server, but for the time; only of configured ones. */
    private final Map<ClusterId, ClusterState> told = new HashMap<>();

    public DockerClusters(ServerFleet fleet, Clock clock) {
        this.fleet = fleet;
        this.clock = clock;
    }

    @Override
    public List<ClusterState> clusters() {
        return fleet.servers().stream().map(this::state).toList();
    }

    private ClusterState state(DockerServer server) {
        ServerSettings settings = server.settings();
        Optional<ServerListing> seen = server.believed();
        Map<String, String> labels = new HashMap<>(settings.labels());
        if (!settings.region().isEmpty()) {
            labels.putIfAbsent(REGION, settings.region());
        }
        return new ClusterState(
                settings.id(),
                seen.isPresent(),
                seen.map(sighting -> offered(settings, sighting)).orElse(Resources.NONE),
                seen.map(ServerListing::used).orElse(Resources.NONE),
                settings.region(),
                labels,
                EnergyProfile.UNKNOWN,
                TYPES,
                server.last().map(ServerListing::at).orElseGet(clock::instant));
    }

    private static Resources offered(ServerSettings settings, ServerListing seen) {
        return new Resources(
                seen.facts().cpus() * MILLIS, seen.facts().memoryBytes(), 0, 0, Map.of(Resources.CONTAINERS, (long)
                        settings.maxContainers()));
    }

    @Override
    public Subscription subscribe(Runnable onChange) {
        return listeners.subscribe(any -> onChange.run());
    }

    /** Tells the listeners if anything but the time changed. */
    public void lookForChanges() {
        boolean changed = false;
        synchronized (told) {
            Map<ClusterId, ClusterState> now = new HashMap<>();
            clusters().forEach(state -> now.put(state.id(), withoutTime(state)));
            if (!now.equals(told)) {
                told.clear();
                told.putAll(now);
                changed = true;
            }
        }
        if (changed) {
            listeners.tell(true);
        }
    }

    /** The same after one server was listed. */
    public void lookForChanges(DockerServer server) {
        ClusterState now = withoutTime(state(server));
        boolean changed;
        synchronized (told) {
            changed = !now.equals(told.put(server.id(), now));
        }
        if (changed) {
            listeners.tell(true);
        }
    }

    private static ClusterState withoutTime(ClusterState state) {
        return new ClusterState(
                state.id(),
                state.ready(),
                state.allocatable(),
                state.allocated(),
                state.location(),
                state.labels(),
                state.energy(),
                state.artifactTypes(),
                Instant.EPOCH);
    }
}
