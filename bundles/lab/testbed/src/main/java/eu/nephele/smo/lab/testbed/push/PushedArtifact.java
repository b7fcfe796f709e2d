// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An artifact to push: one layer, its media types, its name and tag. */
record PushedArtifact(String name, String tag, Blob config, Blob layer) {

    static final String CHART_CONFIG = "application/vnd.cncf.helm.config.v1+json";
    static final String CHART_LAYER = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    static final String EMPTY_CONFIG = "application/vnd.oci.image.config.v1+json";
    static final String TAR_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    private static final String CHART_FILE = "Chart.yaml";
    private static final YAMLMapper YAML = new YAMLMapper();

    /** A folder with a {@code Chart.yaml} is packed as a chart, as by Helm; one with a descriptor as by hdarctl. */
    static PushedArtifact of(Path folder, String registry) throws IOException {
        Map<String, byte[]> files = files(folder);
        return files.containsKey(CHART_FILE) ? chart(files) : descriptor(folder, files, registry);
    }

    private static PushedArtifact chart(Map<String, byte[]> files) throws IOException {
        JsonNode chart = YAML.readTree(files.getOrDefault(CHART_FILE, new byte[0]));
        String name = chart.path("name").asText();
        return new PushedArtifact(
                name,
                chart.path("version").asText().replace('+', '_'),
                new Blob(CHART_CONFIG, new JsonMapper().writeValueAsBytes(chart)),
                new Blob(CHART_LAYER, TarGz.pack(below(name, files))));
    }

    /** Replaces the placeholder registry in references by the registry of the push. */
    private static PushedArtifact descriptor(Path folder, Map<String, byte[]> files, String registry)
            throws IOException {
        List<String> descriptors = files.keySet().stream()
                .filter(file -> file.endsWith(".yaml") || file.endsWith(".yml"))
                .toList();
        if (descriptors.size() != 1) {
            throw new IllegalArgumentException(
                    "%s is neither a chart nor a folder with one descriptor: found %s".formatted(folder, descriptors));
        }
        String file = descriptors.get(0);
        String text = new String(files.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8)
                .replace("oci://registry.example/", "oci://" + registry + "/");
        JsonNode graph = YAML.readTree(text).path("hdaGraph");
        if (!graph.isObject()) {
            throw new IllegalArgumentException("%s of %s has no hdaGraph".formatted(file, folder));
        }
        String name = graph.path("id").asText();
        String tag = graph.path("version").asText();
        Map<String, byte[]> packed = Map.of(file, text.getBytes(StandardCharsets.UTF_8));
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        return new PushedArtifact(
                name, tag, new Blob(EMPTY_CONFIG, config), new Blob(TAR_LAYER, TarGz.pack(below(name, packed))));
    }

    private static Map<String, byte[]> below(String name, Map<String, byte[]> files) {
        Map<String, byte[]> below = new LinkedHashMap<>();
        files.forEach((path, content) -> below.put(name + "/" + path, content));
        return below;
    }

    /** All files of a folder; of one file just that. */
    private static Map<String, byte[]> files(Path source) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (Files.isRegularFile(source)) {
            files.put(String.valueOf(source.getFileName()), Files.readAllBytes(source));
            return files;
        }
        try (Stream<Path> walk = Files.walk(source)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                files.put(source.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
