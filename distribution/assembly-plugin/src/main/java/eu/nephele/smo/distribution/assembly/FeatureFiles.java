// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Reads {@code features/*.json} and {@code features/profiles/*.json}; comments are allowed, as in the OSGi format. */
final class FeatureFiles {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonParser.Feature.ALLOW_COMMENTS).build();

    private FeatureFiles() {}

    /** All features by name. */
    static Map<String, Feature> features(Path folder) {
        Map<String, Feature> features = new TreeMap<>();
        forEachFile(folder, (name, json) -> features.put(name, Feature.of(name, json)));
        return features;
    }

    /** All profiles in name order. */
    static List<FeatureProfile> profiles(Path folder, Map<String, Feature> features) {
        List<FeatureProfile> profiles = new ArrayList<>();
        forEachFile(folder.resolve("profiles"), (name, json) -> profiles.add(FeatureProfile.of(name, json, features)));
        return profiles;
    }

    private static void forEachFile(Path folder, BiConsumer<String, JsonNode> reader) {
        try (Stream<Path> listing = Files.list(folder)) {
            for (Path file : listing.sorted().toList()) {
                String fileName = file.getFileName().toString();
                if (fileName.endsWith(".json")) {
                    reader.accept(
                            fileName.substring(0, fileName.length() - ".json".length()), JSON.readTree(file.toFile()));
                }
            }
        } catch (IOException broken) {
            throw new AssemblyException("%s cannot be read: %s".formatted(folder, broken.getMessage()), broken);
        }
    }
}
