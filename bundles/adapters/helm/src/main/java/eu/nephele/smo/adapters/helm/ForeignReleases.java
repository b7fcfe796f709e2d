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

/** Finds foreign releases under desired names, and the changes that adopting them would make. Read only. */
final class ForeignReleases {

    private record Namespace(HelmConnection connection, String name) {}

    private final HelmConnections connections;
    private final ApiServers servers;
    private final ChartFetcher charts;
    private final HelmClient helm;
    private final HelmSettings settings;
    private final HelmJson json;
    private final ManifestDiff manifests;

    ForeignReleases(
            HelmConnections connections,
            ApiServers servers,
            ChartFetcher charts,
            HelmClient helm,
            HelmSettings settings,
            HelmJson json) {
        this.connections = connections;
        this.servers = servers;
        this.charts = charts;
        this.helm = helm;
        this.settings = settings;
        this.json = json;
        this.manifests = new ManifestDiff(json);
    }

    /** Reads once per connection and namespace. */
    Map<WorkloadRef, List<ForeignRelease>> inTheWayOf(Collection<InstallRequest> requests) {
        Map<Namespace, Map<String, InstallRequest>> wanted = new LinkedHashMap<>();
        for (InstallRequest request : requests) {
            ReleaseName name = ReleaseName.from(request.key().workload());
            for (HelmConnection connection : connections.resolve(request)) {
                wanted.computeIfAbsent(new Namespace(connection, name.namespace()), any -> new LinkedHashMap<>())
                        .put(name.name(), request);
            }
        }
        Map<WorkloadRef, List<ForeignRelease>> found = new LinkedHashMap<>();
        wanted.forEach((namespace, byName) -> inspect(namespace, byName, found));
        return found;
    }

    private void inspect(
            Namespace namespace, Map<String, InstallRequest> byName, Map<WorkloadRef, List<ForeignRelease>> found) {
        ReleaseStore store = new ReleaseStore(servers.get(namespace.connection()));
        Map<String, ReleaseRevision> present = store.latest(namespace.name(), byName.keySet());
        byName.forEach((name, request) -> Optional.ofNullable(present.get(name))
                .map(revision -> HelmRelease.read(revision, settings.maxReleaseBytes(), json))
                .filter(release -> !store.isOurs(release, request.owner(), json))
                .ifPresent(release -> found.computeIfAbsent(request.key().workload(), any -> new ArrayList<>())
                        .add(foreign(namespace.connection(), release, request))));
    }

    private ForeignRelease foreign(HelmConnection connection, HelmRelease release, InstallRequest request) {
        DesiredRelease desiredRelease = new DesiredRelease(request, charts, settings.replicaValues());
        FetchedChart chart = desiredRelease.chart();
        ObjectDiff objectDiff = new ObjectDiff();
        objectDiff.add(
                "chart",
                Optional.of(new JsonString(release.payload().chart())),
                Optional.of(new JsonString(chart.name() + "-" + chart.version())));
        objectDiff.add(
                "values",
                Optional.of(release.payload().config()),
                Optional.of(desiredRelease.values().all()));
        manifests.compare(manifest(release), rendered(release, desiredRelease), objectDiff);
        return new ForeignRelease(
                connection.toString(),
                release.revision().fingerprint(),
                release.madeBy(),
                objectDiff.first(),
                objectDiff.omitted());
    }

    private String rendered(HelmRelease release, DesiredRelease desiredRelease) {
        ReleaseRevision revision = release.revision();
        return helm.read(
                "template",
                "Render the chart %s for %s/%s"
                        .formatted(
                                desiredRelease.request().artifact().reference(), revision.namespace(), revision.name()),
                Map.of(
                        Frame.NAME,
                        revision.name(),
                        Frame.NAMESPACE,
                        revision.namespace(),
                        Frame.CHART,
                        desiredRelease.chart().file().toString(),
                        Frame.VALUES,
                        desiredRelease.values().all().toJson()));
    }

    private String manifest(HelmRelease release) {
        ReleaseRevision revision = release.revision();
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
