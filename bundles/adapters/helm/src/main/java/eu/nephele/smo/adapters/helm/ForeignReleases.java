// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.worker.Frame;
import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ArtifactRepository.FetchedChart;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.WorkloadRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Releases that are not ours under names that are wanted, and what taking them over would change. Nothing is touched. */
final class ForeignReleases {

    private record Namespace(Connection connection, String name) {}

    private final Connections connections;
    private final ApiServers servers;
    private final Charts charts;
    private final Helm helm;
    private final Settings settings;
    private final Json json;
    private final Manifests manifests;

    ForeignReleases(
            Connections connections, ApiServers servers, Charts charts, Helm helm, Settings settings, Json json) {
        this.connections = connections;
        this.servers = servers;
        this.charts = charts;
        this.helm = helm;
        this.settings = settings;
        this.json = json;
        this.manifests = new Manifests(json);
    }

    /** One look per connection and namespace. */
    Map<WorkloadRef, List<ForeignRelease>> inTheWayOf(Collection<InstallRequest> requests) {
        Map<Namespace, Map<String, InstallRequest>> wanted = new LinkedHashMap<>();
        for (InstallRequest request : requests) {
            ReleaseName name = ReleaseName.of(request.key().workload());
            for (Connection connection : connections.of(request)) {
                wanted.computeIfAbsent(new Namespace(connection, name.namespace()), any -> new LinkedHashMap<>())
                        .put(name.name(), request);
            }
        }
        Map<WorkloadRef, List<ForeignRelease>> found = new LinkedHashMap<>();
        wanted.forEach((namespace, byName) -> look(namespace, byName, found));
        return found;
    }

    private void look(
            Namespace namespace, Map<String, InstallRequest> byName, Map<WorkloadRef, List<ForeignRelease>> found) {
        ReleaseStore store = new ReleaseStore(servers.of(namespace.connection()));
        Map<String, Revision> present = store.latest(namespace.name(), byName.keySet());
        byName.forEach((name, request) -> Optional.ofNullable(present.get(name))
                .map(revision -> Release.read(revision, settings.maxReleaseBytes(), json))
                .filter(release -> !store.isOurs(release, request.owner(), json))
                .ifPresent(release -> found.computeIfAbsent(request.key().workload(), any -> new ArrayList<>())
                        .add(foreign(namespace.connection(), release, request))));
    }

    private ForeignRelease foreign(Connection connection, Release release, InstallRequest request) {
        Wanted wanted = new Wanted(request, charts, settings.replicaValues());
        FetchedChart chart = wanted.chart();
        Differences differences = new Differences();
        differences.add(
                "chart",
                Optional.of(new JsonString(release.payload().chart())),
                Optional.of(new JsonString(chart.name() + "-" + chart.version())));
        differences.add(
                "values",
                Optional.of(release.payload().config()),
                Optional.of(wanted.values().all()));
        manifests.compare(manifest(release), rendered(release, wanted), differences);
        return new ForeignRelease(
                connection.toString(),
                release.revision().fingerprint(),
                release.madeBy(),
                differences.first(),
                differences.omitted());
    }

    private String rendered(Release release, Wanted wanted) {
        Revision revision = release.revision();
        return helm.read(
                "template",
                "Render the chart %s for %s/%s"
                        .formatted(wanted.request().artifact().reference(), revision.namespace(), revision.name()),
                Map.of(
                        Frame.NAME,
                        revision.name(),
                        Frame.NAMESPACE,
                        revision.namespace(),
                        Frame.CHART,
                        wanted.chart().file().toString(),
                        Frame.VALUES,
                        wanted.values().all().toJson()));
    }

    private String manifest(Release release) {
        Revision revision = release.revision();
        try {
            return ReleasePayload.manifest(revision.data(), settings.maxReleaseBytes(), json);
        } catch (IOException unreadable) {
            throw new AdapterException(
                    Kind.REFUSED,
                    HelmErrors.SYSTEM,
                    "The record %s/%s that Helm keeps of a release cannot be read: %s"
                            .formatted(revision.namespace(), revision.secret(), unreadable.getMessage()),
                    unreadable);
        }
    }
}
