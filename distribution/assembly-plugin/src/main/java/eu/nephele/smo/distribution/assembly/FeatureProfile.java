// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A list of features with additional configuration.
 *
 * @param name of the file, without folder and extension
 * @param features in start order
 * @param configurations members given here win over those of the features, member by member
 */
record FeatureProfile(String name, List<Feature> features, Map<String, ObjectNode> configurations) {

    FeatureProfile {
        features = List.copyOf(features);
        configurations = Map.copyOf(configurations);
    }

    /** Reads a profile whose features are all known. */
    static FeatureProfile of(String name, JsonNode json, Map<String, Feature> known) {
        String file = "profiles/" + name;
        ObjectNode profile = Feature.object(json, file);
        List<Feature> features = new ArrayList<>();
        for (JsonNode wanted : Feature.array(profile, "features", file)) {
            Feature feature = known.get(wanted.asText());
            if (feature == null) {
                throw new AssemblyException("features/%s.json names the unknown feature '%s'; known: %s"
                        .formatted(file, wanted.asText(), known.keySet()));
            }
            features.add(feature);
        }
        Map<String, ObjectNode> configurations = new LinkedHashMap<>();
        Feature.object(profile.path("configurations"), file)
                .properties()
                .forEach(entry -> configurations.put(entry.getKey(), Feature.object(entry.getValue(), file)));
        return new FeatureProfile(name, features, configurations);
    }

    /** Every bundle once, in start order. */
    List<String> bundles() {
        Set<String> bundles = new LinkedHashSet<>();
        features.forEach(feature -> bundles.addAll(feature.bundles()));
        return List.copyOf(bundles);
    }

    /**
     * The default configurations of all features, overridden by those of the profile.
     *
     * @throws AssemblyException if two features configure the same persistent identifier
     */
    Map<String, ObjectNode> mergedConfigurations() {
        Map<String, ObjectNode> merged = new TreeMap<>();
        for (Feature feature : features) {
            feature.configurations().forEach((pid, configuration) -> {
                if (merged.put(pid, configuration.deepCopy()) != null) {
                    throw new AssemblyException(
                            "Profile %s: %s is configured by more than one feature".formatted(name, pid));
                }
            });
        }
        configurations.forEach(
                (pid, configuration) -> merged.computeIfAbsent(pid, unknown -> configuration.objectNode())
                        .setAll(configuration));
        return merged;
    }

    /**
     * The framework properties of all features.
     *
     * @throws AssemblyException if two features set different values
     */
    Map<String, String> frameworkProperties() {
        Map<String, String> merged = new TreeMap<>();
        for (Feature feature : features) {
            feature.frameworkProperties().forEach((key, value) -> {
                String other = merged.put(key, value);
                if (other != null && !other.equals(value)) {
                    throw new AssemblyException("Profile %s: features disagree on the framework property %s: %s, %s"
                            .formatted(name, key, other, value));
                }
            });
        }
        return merged;
    }
}
