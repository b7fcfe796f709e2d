// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.ServiceSpec;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The values of a release: those of the descriptor, untouched; those of a chart plus affinity and imports. */
public final class ReleaseValues {

    static final String AFFINITY = "clustersAffinity";
    static final String IMPORTS = "serviceImportClusters";
    private static final String WEB_OF_THINGS = "voChartOverwrite";

    private ReleaseValues() {}

    /** Values with affinity to the given clusters; the artifact's own for static placement, and for an image. */
    public static JsonObject merge(
            Graph graph, ServiceSpec service, Collection<ClusterId> clusters, List<ClusterId> imports) {
        Artifact artifact = service.artifact();
        if (graph.staticPlacement() || artifact.isImage()) {
            return artifact.values();
        }
        if (!artifact.isWebOfThings()) {
            return extended(artifact.values(), clusters, imports);
        }
        JsonObject inner = artifact.values()
                .get(WEB_OF_THINGS)
                .flatMap(JsonValue::asObject)
                .orElse(JsonObject.EMPTY);
        return artifact.values().with(WEB_OF_THINGS, extended(inner, clusters, imports));
    }

    /** Clusters of the services that call this one, sorted, without duplicates. */
    public static List<ClusterId> imports(Graph graph, String service, Placement placement) {
        return imports(graph, service, placement, Placement.NONE);
    }

    /** The same while callers move: those that still run where they leave reach it from there. */
    public static List<ClusterId> imports(Graph graph, String service, Placement placement, Placement leaving) {
        TreeSet<ClusterId> clusters = new TreeSet<>();
        graph.links().stream().filter(link -> link.to().equals(service)).forEach(link -> {
            clusters.addAll(placement.clustersOf(link.from()));
            clusters.addAll(leaving.clustersOf(link.from()));
        });
        return List.copyOf(clusters);
    }

    private static JsonObject extended(JsonObject values, Collection<ClusterId> clusters, List<ClusterId> imports) {
        return values.with(AFFINITY, names(clusters)).with(IMPORTS, names(imports));
    }

    private static JsonArray names(Collection<ClusterId> clusters) {
        return JsonArray.ofStrings(
                clusters.stream().sorted().map(ClusterId::name).toList());
    }
}
