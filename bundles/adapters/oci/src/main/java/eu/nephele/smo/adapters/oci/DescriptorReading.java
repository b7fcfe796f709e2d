// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.adapters.oci.ArtifactManifest.ManifestLayer;
import eu.nephele.smo.api.port.ArtifactRepository.FetchedDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds the one descriptor of an artifact. */
final class DescriptorReading {

    /** At the beginning of a line, or as a member of a JSON object. The descriptor reader reports the exact errors. */
    private static final Pattern DESCRIPTOR =
            Pattern.compile("(?m)^(?:\\s*\\{\\s*)?[\"']?hdaGraph[\"']?\\s*:|^\\s*\"hdaGraph\"\\s*:");

    private static final Pattern CHART = Pattern.compile("(?:[^/]+/)?Chart\\.yaml");
    private static final int SHOWN = 10;

    private final LayerReader layers;

    DescriptorReading(LayerReader layers) {
        this.layers = layers;
    }

    FetchedDescriptor read(ArtifactManifest artifact, BlobSource blobs) throws IOException {
        if (artifact.isChart()) {
            throw RegistryFailures.refused(
                    "Artifact %s is a Helm chart, expected a descriptor".formatted(artifact.of()));
        }
        DescriptorSearch search = new DescriptorSearch(artifact);
        for (ManifestLayer layer : artifact.layers()) {
            layers.read(artifact, layer, blobs.layer(layer), (path, content) -> search.file(layer, path, content));
        }
        return search.only();
    }

    private final class DescriptorSearch {

        private final ArtifactManifest artifact;
        private final List<String> paths = new ArrayList<>();
        private final List<String> others = new ArrayList<>();
        private String descriptor = "";

        DescriptorSearch(ArtifactManifest artifact) {
            this.artifact = artifact;
        }

        void file(ManifestLayer layer, String path, InputStream content) throws IOException {
            if (mayBeDescriptor(layer, path)) {
                String text = layers.text(path, content, artifact);
                if (DESCRIPTOR.matcher(text).find()) {
                    paths.add(path);
                    descriptor = text;
                    return;
                }
            }
            others.add(path);
        }

        FetchedDescriptor only() {
            if (paths.size() > 1) {
                throw RegistryFailures.refused("Artifact %s has %d descriptors, expected exactly one: %s"
                        .formatted(artifact.of(), paths.size(), names(paths)));
            }
            if (paths.isEmpty()) {
                boolean chart =
                        others.stream().anyMatch(path -> CHART.matcher(path).matches());
                throw RegistryFailures.refused("Artifact %s has no descriptor (YAML with hdaGraph); it is %s and has %s"
                        .formatted(artifact.of(), chart ? "a Helm chart" : artifact.description(), names(others)));
            }
            return new FetchedDescriptor(descriptor, artifact.digest().toString());
        }
    }

    private static boolean mayBeDescriptor(ManifestLayer layer, String path) {
        String name = path.toLowerCase(Locale.ROOT);
        boolean unnamed = path.equals(layer.digest().toString());
        return unnamed || name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    private static String names(List<String> paths) {
        if (paths.isEmpty()) {
            return "no files";
        }
        String more = paths.size() > SHOWN ? " and %d more".formatted(paths.size() - SHOWN) : "";
        return RegistryMessages.bounded(String.join(", ", paths.subList(0, Math.min(SHOWN, paths.size())))) + more;
    }
}
