// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.KeyedLock.Hold;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.ReleaseState.Status;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Releases on all connections: one on each connection of a request, none on the others. */
final class HelmDeployer implements WorkloadDeployer {

    private static final Logger LOG = LoggerFactory.getLogger(HelmDeployer.class);

    private final HelmConnections connections;
    private final ApiServers servers;
    private final ChartFetcher charts;
    private final HelmClient helm;
    private final HelmSettings settings;
    private final HelmJson json;
    private final Clock clock;
    private final KeyedLock keyedLock = new KeyedLock();
    private final RetainedNamespaces left = new RetainedNamespaces();
    private final ForeignReleases foreign;

    HelmDeployer(
            HelmConnections connections,
            ApiServers servers,
            ChartFetcher charts,
            HelmClient helm,
            HelmSettings settings,
            HelmJson json,
            Clock clock) {
        this.connections = connections;
        this.servers = servers;
        this.charts = charts;
        this.helm = helm;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
        this.foreign = new ForeignReleases(connections, servers, charts, helm, settings, json);
    }

    @Override
    public ReleaseState ensureInstalled(InstallRequest request) {
        List<HelmConnection> wanted = connections.resolve(request);
        DesiredRelease asked = new DesiredRelease(request, charts, settings.replicaValues());
        ReleaseName name = ReleaseName.from(request.key().workload());
        List<HelmRelease> made = new ArrayList<>();
        for (HelmConnection connection : wanted) {
            made.add(at(connection, name, releaseReconciler -> releaseReconciler.ensure(asked)));
        }
        removeElsewhere(name, wanted, request.owner());
        return merged(made).orElseThrow();
    }

    @Override
    public void ensureRemoved(StepKey key, String owner) {
        ReleaseName name = ReleaseName.from(key.workload());
        List<AdapterException> failures = new ArrayList<>();
        for (HelmConnection connection : readyFirst()) {
            try {
                removeAt(connection, name, owner);
            } catch (AdapterException failed) {
                failures.add(failed);
            }
        }
        failures.stream().reduce(HelmDeployer::worse).ifPresent(worst -> {
            throw worst;
        });
    }

    @Override
    public List<String> leftovers(WorkloadRef workload) {
        return left.list(ReleaseName.from(workload).namespace());
    }

    @Override
    public Map<WorkloadRef, List<ForeignRelease>> foreign(Collection<InstallRequest> requests) {
        return foreign.inTheWayOf(requests);
    }

    @Override
    public Optional<JsonObject> defaultValues(Artifact artifact) {
        return Optional.of(charts.values(charts.fetch(artifact.reference())));
    }

    /** Reads unready connections only if the others have no release. */
    @Override
    public Optional<ReleaseState> state(WorkloadRef workload) {
        Map<Boolean, List<HelmConnection>> byReady =
                connections.all().stream().collect(Collectors.partitioningBy(HelmConnection::ready));
        List<HelmRelease> found = found(workload, byReady.getOrDefault(true, List.of()));
        if (found.isEmpty()) {
            found = found(workload, byReady.getOrDefault(false, List.of()));
        }
        return merged(found);
    }

    @Override
    public List<ReleaseState> owned() {
        Map<WorkloadRef, List<HelmRelease>> found = new HashMap<>();
        for (HelmConnection connection : connections.all()) {
            try {
                latest(new ReleaseStore(servers.get(connection)).owned()).forEach(revision -> {
                    HelmRelease release = HelmRelease.read(revision, settings.maxReleaseBytes(), json);
                    found.computeIfAbsent(release.state().workload(), key -> new ArrayList<>())
                            .add(release);
                });
            } catch (AdapterException failed) {
                if (connection.ready()) {
                    throw failed;
                }
                LOG.debug(
                        "listing releases failed connection={} ready=false reason=\"{}\"; skipped",
                        connection,
                        failed.getMessage());
            }
        }
        return found.values().stream()
                .flatMap(releases -> merged(releases).stream())
                .sorted(Comparator.comparing(ReleaseState::workload))
                .toList();
    }

    /** Clusters that are not ready are left to a later call: the removal could not be confirmed. */
    private void removeElsewhere(ReleaseName name, List<HelmConnection> wanted, String by) {
        Set<String> kept = wanted.stream().map(HelmConnection::reference).collect(Collectors.toSet());
        for (HelmConnection other : connections.all()) {
            if (other.ready() && !kept.contains(other.reference())) {
                removeAt(other, name, by);
            }
        }
    }

    private void removeAt(HelmConnection connection, ReleaseName name, String by) {
        left.put(name.namespace(), connection, at(connection, name, releaseReconciler -> releaseReconciler.remove(by)));
    }

    private List<HelmRelease> found(WorkloadRef workload, List<HelmConnection> where) {
        List<HelmRelease> found = new ArrayList<>();
        for (HelmConnection connection : where) {
            // reading needs no permit
            place(connection, ReleaseName.from(workload), keyedLock.none())
                    .find()
                    .ifPresent(found::add);
        }
        return found;
    }

    private <T> T at(HelmConnection connection, ReleaseName name, Function<ReleaseReconciler, T> work) {
        String release = "%s/%s on %s".formatted(name.namespace(), name.name(), connection.reference());
        try (Hold hold = keyedLock.take(release, helm.longest())) {
            return work.apply(place(connection, name, hold));
        }
    }

    private ReleaseReconciler place(HelmConnection connection, ReleaseName name, Hold hold) {
        return new ReleaseReconciler(servers.get(connection), helm, settings, json, clock, name, hold);
    }

    private List<HelmConnection> readyFirst() {
        return connections.all().stream()
                .sorted(Comparator.comparing(HelmConnection::ready).reversed())
                .toList();
    }

    private static AdapterException worse(AdapterException one, AdapterException other) {
        AdapterException first = one.kind() == Kind.REFUSED || other.kind() != Kind.REFUSED ? one : other;
        AdapterException second = first == one ? other : one;
        first.addSuppressed(second);
        return first;
    }

    private static Collection<ReleaseRevision> latest(List<ReleaseRevision> revisions) {
        return revisions.stream()
                .collect(Collectors.toMap(
                        revision -> new ReleaseName(revision.namespace(), revision.name()),
                        Function.identity(),
                        (one, other) -> one.number() > other.number() ? one : other))
                .values();
    }

    /** The release that differs most from its desired state, and of equals the one decided first. */
    private static Optional<ReleaseState> merged(List<HelmRelease> releases) {
        return releases.stream()
                .map(HelmRelease::state)
                .min(Comparator.comparing((ReleaseState state) -> state.status() == Status.DEPLOYED)
                        .thenComparing(state -> state.status() != Status.FAILED)
                        .thenComparing(ReleaseState::assignment));
    }
}
