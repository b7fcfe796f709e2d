// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.adapters.oci.ArtifactManifest.ManifestLayer;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ArtifactRepository.FetchedChart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Extracts the chart of an artifact, and checks it before it is unpacked. */
final class ChartReading {

    private static final String CONTENT = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    private static final Pattern CHART = Pattern.compile("[^/]+/Chart\\.yaml");

    private final LayerReader layers;

    ChartReading(LayerReader layers) {
        this.layers = layers;
    }

    FetchedChart read(ArtifactManifest artifact, BlobSource blobs) throws IOException {
        List<ManifestLayer> contents = artifact.layers().stream()
                .filter(layer -> layer.mediaType().equals(CONTENT))
                .toList();
        if (!artifact.isChart() || contents.size() != 1) {
            throw RegistryFailures.refused(
                    "Artifact %s is %s with %d layers of the type %s, expected a Helm chart with one"
                            .formatted(artifact.of(), artifact.description(), contents.size(), CONTENT));
        }
        ManifestLayer content = contents.get(0);
        Path file = blobs.layer(content);
        List<String> charts = new ArrayList<>();
        layers.read(artifact, content, file, (path, text) -> {
            if (CHART.matcher(path).matches()) {
                if (!charts.isEmpty()) {
                    throw wrongNumber(artifact, "several");
                }
                charts.add(layers.text(path, text, artifact));
            }
        });
        if (charts.isEmpty()) {
            throw wrongNumber(artifact, "no");
        }
        Map<?, ?> chart = yaml(artifact, charts.get(0));
        return new FetchedChart(
                file, content.digest().toString(), field(artifact, chart, "name"), field(artifact, chart, "version"));
    }

    private static AdapterException wrongNumber(ArtifactManifest artifact, String number) {
        return RegistryFailures.refused(
                "Artifact %s is declared a Helm chart and has %s files NAME/Chart.yaml, expected one"
                        .formatted(artifact.of(), number));
    }

    private static Map<?, ?> yaml(ArtifactManifest artifact, String text) {
        return RegistryJson.mapping(text)
                .orElseThrow(() ->
                        RegistryFailures.refused("Chart.yaml of %s is not a YAML mapping".formatted(artifact.of())));
    }

    private static String field(ArtifactManifest artifact, Map<?, ?> chart, String name) {
        String value = Objects.toString(chart.get(name), "");
        if (value.isBlank()) {
            throw RegistryFailures.refused("Chart.yaml of %s has no %s".formatted(artifact.of(), name));
        }
        return value;
    }
}
