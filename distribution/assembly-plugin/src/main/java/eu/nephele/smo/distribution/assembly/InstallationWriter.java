// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes the folder of the installation. */
final class InstallationWriter {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path home;
    private final Function<String, Coordinates> coordinates;
    private final Function<Coordinates, Path> artifacts;

    /**
     * @param home folder to write into
     * @param coordinates reads a bundle id of a feature
     * @param artifacts finds the jar
     */
    InstallationWriter(Path home, Function<String, Coordinates> coordinates, Function<Coordinates, Path> artifacts) {
        this.home = home;
        this.coordinates = coordinates;
        this.artifacts = artifacts;
    }

    /** Copies the launcher and the framework under names without version, because the manifest refers to them. */
    void writeLibraries(List<String> ids) throws IOException {
        Path lib = emptied("lib");
        for (String id : ids) {
            Coordinates library = coordinates.apply(id);
            StoredJar.copy(artifacts.apply(library), lib.resolve(library.artifact() + ".jar"));
        }
    }

    /** Copies the bundles of all features, and the features with resolved versions; returns the number of bundles. */
    int writeFeatures(Iterable<Feature> features) throws IOException {
        Path bundles = emptied("bundles");
        Path resolved = emptied("features");
        Set<String> copied = new LinkedHashSet<>();
        for (Feature feature : features) {
            ObjectNode json = feature.json().deepCopy();
            ArrayNode list = json.putArray("bundles");
            for (String id : feature.bundles()) {
                Coordinates bundle = coordinates.apply(id);
                list.addObject().put("id", bundle.toString());
                if (copied.add(bundle.fileName())) {
                    StoredJar.copy(artifacts.apply(bundle), bundles.resolve(bundle.fileName()));
                }
            }
            JSON.writeValue(resolved.resolve(feature.name() + ".json").toFile(), json);
        }
        return copied.size();
    }

    /** Writes the files that the launcher reads for each profile. */
    void writeProfiles(List<FeatureProfile> profiles) throws IOException {
        Path folder = emptied("profiles");
        for (FeatureProfile profile : profiles) {
            List<String> bundles = profile.bundles().stream()
                    .map(id -> "bundles/" + coordinates.apply(id).fileName())
                    .toList();
            Files.write(folder.resolve(profile.name() + ".bundles"), bundles);
            ObjectNode configuration = JSON.createObjectNode();
            configuration.put(":configurator:resource-version", 1);
            configuration.put(":configurator:symbolic-name", "eu.nephele.smo.profile." + profile.name());
            configuration.put(":configurator:version", "1.0.0");
            profile.mergedConfigurations().forEach(configuration::set);
            JSON.writeValue(folder.resolve(profile.name() + ".json").toFile(), configuration);
            Files.write(
                    folder.resolve(profile.name() + ".properties"),
                    profile.frameworkProperties().entrySet().stream()
                            .map(InstallationWriter::propertyLine)
                            .toList());
        }
    }

    private static String propertyLine(Map.Entry<String, String> property) {
        return property.getKey() + "=" + property.getValue().replace("\\", "\\\\");
    }

    private Path emptied(String name) throws IOException {
        Path folder = Files.createDirectories(home.resolve(name));
        try (Stream<Path> old = Files.list(folder)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        return folder;
    }
}
