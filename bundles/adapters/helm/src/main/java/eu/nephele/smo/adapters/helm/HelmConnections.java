// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.InstallRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Resolves clusters to connections: from their registries, else from the configuration. */
final class HelmConnections {

    private final Supplier<List<ClusterRegistry>> registries;
    private final Optional<String> own;

    /** @param own connection for clusters whose registry reports none */
    HelmConnections(Supplier<List<ClusterRegistry>> registries, Optional<String> own) {
        this.registries = registries;
        this.own = own;
    }

    /** @throws AdapterException if a registry has no data yet: unknown does not mean absent */
    List<HelmConnection> all() {
        Map<String, ResolvedConnection> found = new LinkedHashMap<>();
        own.ifPresent(reference -> found.computeIfAbsent(reference, key -> new ResolvedConnection()));
        clusters().forEach((target, ready) -> reference(target)
                .ifPresent(reference -> found.computeIfAbsent(reference, key -> new ResolvedConnection())
                        .add(target, ready)));
        List<HelmConnection> all = new ArrayList<>();
        found.forEach(
                (reference, it) -> all.add(new HelmConnection(reference, it.ready || it.names.isEmpty(), it.names)));
        return all;
    }

    /** @throws AdapterException {@code REFUSED} if they cannot be determined */
    List<HelmConnection> resolve(InstallRequest request) {
        if (request.targets().isEmpty()) {
            return ofChart(request);
        }
        Map<String, ResolvedConnection> found = new LinkedHashMap<>();
        for (ClusterTarget target : request.targets()) {
            String reference = reference(target)
                    .orElseThrow(() -> refused(
                            "Install %s: neither its registry nor kubeconfig in %s has a connection for cluster %s"
                                    .formatted(request.key().workload(), HelmReleases.PID, target.cluster())));
            found.computeIfAbsent(reference, key -> new ResolvedConnection()).add(target, true);
        }
        List<HelmConnection> wanted = new ArrayList<>();
        found.forEach((reference, it) -> wanted.add(new HelmConnection(reference, true, it.names)));
        return wanted;
    }

    /** For a chart that decides: the only connection, or those of the clusters that its values name. */
    private List<HelmConnection> ofChart(InstallRequest request) {
        List<HelmConnection> all = all();
        if (all.size() <= 1) {
            return all.stream()
                    .findFirst()
                    .map(List::of)
                    .orElseThrow(() -> refused("Install %s: no cluster is known, and kubeconfig in %s is empty"
                            .formatted(request.key().workload(), HelmReleases.PID)));
        }
        Set<String> names = affinity(request.values());
        List<HelmConnection> named = all.stream()
                .filter(connection -> connection.clusters().stream().anyMatch(names::contains))
                .toList();
        if (named.isEmpty()) {
            throw refused(("Install %s: the chart decides where it runs, and clusters are reached over %d connections;"
                            + " clustersAffinity in its values must name known clusters, it has %s")
                    .formatted(request.key().workload(), all.size(), names));
        }
        return named;
    }

    private static Set<String> affinity(JsonObject values) {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(
                        values.get("clustersAffinity").stream(),
                        values.get("voChartOverwrite").flatMap(JsonValue::asObject).stream()
                                .flatMap(inner -> inner.get("clustersAffinity").stream()))
                .flatMap(list -> list.asArray().orElse(List.of(list)).stream())
                .forEach(name -> name.asString().ifPresent(names::add));
        return names;
    }

    private Map<ClusterTarget, Boolean> clusters() {
        Map<ClusterTarget, Boolean> ready = new LinkedHashMap<>();
        List<ClusterRegistry> present = registries.get();
        if (present.isEmpty() && own.isEmpty()) {
            throw new AdapterException(
                    Kind.UNAVAILABLE,
                    HelmErrors.SYSTEM,
                    "No cluster source is available (0 ClusterRegistry services), and kubeconfig in %s is empty"
                            .formatted(HelmReleases.PID),
                    Optional.of(Duration.ofSeconds(2)));
        }
        for (ClusterRegistry registry : present) {
            for (ClusterState cluster : registry.clusters()) {
                ready.put(registry.target(cluster.id()), cluster.ready());
            }
        }
        return ready;
    }

    private Optional<String> reference(ClusterTarget target) {
        return target.connection().or(() -> own);
    }

    private static AdapterException refused(String message) {
        return new AdapterException(Kind.REFUSED, HelmErrors.SYSTEM, message);
    }

    private static final class ResolvedConnection {
        private final List<String> names = new ArrayList<>();
        private boolean ready;

        void add(ClusterTarget target, boolean isReady) {
            names.add(target.cluster().name());
            ready |= isReady;
        }
    }
}
