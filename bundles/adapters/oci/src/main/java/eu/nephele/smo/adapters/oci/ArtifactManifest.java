// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** @param kind media type of its configuration, which identifies its type */
record ArtifactManifest(ArtifactReference of, Digest digest, String kind, List<ManifestLayer> layers) {

    private static final String HELM_CONFIG = "application/vnd.cncf.helm.config.v1+json";

    ArtifactManifest {
        layers = List.copyOf(layers);
    }

    /** @param title name of the file, or the digest for none */
    record ManifestLayer(String mediaType, Digest digest, long bytes, String title) {}

    boolean isChart() {
        return kind.equals(HELM_CONFIG);
    }

    /** For people who expected another type. */
    String description() {
        return isChart()
                ? "a Helm chart"
                : "of the type " + (kind.isEmpty() ? "(none)" : RegistryMessages.bounded(kind));
    }

    static ArtifactManifest parse(ArtifactReference of, Digest digest, String json, long limit) {
        Map<?, ?> fields = fields(of, json);
        if (fields.get("manifests") instanceof List<?>) {
            throw wrong(of, "is an index of several artifacts: name one of them by its digest");
        }
        if (!(fields.get("layers") instanceof List<?> listed)) {
            throw wrong(of, "has no layers: its manifest is not an OCI manifest");
        }
        List<ManifestLayer> layers = new ArrayList<>();
        long bytes = 0;
        for (Object layer : listed) {
            ManifestLayer manifestLayer = part(of, layer);
            bytes += manifestLayer.bytes();
            if (manifestLayer.bytes() > limit || bytes > limit) {
                throw wrong(of, "is larger than %d bytes (maxArtifactMiB in %s)".formatted(limit, OciSettings.PID));
            }
            layers.add(manifestLayer);
        }
        Object config = fields.get("config");
        String kind = config instanceof Map<?, ?> map ? text(map, "mediaType") : "";
        return new ArtifactManifest(of, digest, kind, layers);
    }

    private static Map<?, ?> fields(ArtifactReference of, String json) {
        return RegistryJson.object(json).orElseThrow(() -> wrong(of, "has a manifest that is not a JSON object"));
    }

    private static ManifestLayer part(ArtifactReference of, Object layer) {
        if (layer instanceof Map<?, ?> fields && fields.get("size") instanceof Number size && size.longValue() >= 0) {
            Optional<Digest> digest = Digest.parse(text(fields, "digest"));
            if (digest.isPresent()) {
                String title = fields.get("annotations") instanceof Map<?, ?> annotations
                        ? text(annotations, "org.opencontainers.image.title")
                        : "";
                String name = title.isEmpty() ? digest.get().toString() : title;
                return new ManifestLayer(text(fields, "mediaType"), digest.get(), size.longValue(), name);
            }
        }
        throw wrong(of, "has a layer without a size and a digest of the form sha256:…");
    }

    private static RuntimeException wrong(ArtifactReference of, String what) {
        return RegistryFailures.refused("Artifact %s %s".formatted(of, what));
    }

    private static String text(Map<?, ?> fields, String name) {
        return Objects.toString(fields.get(name), "");
    }
}
