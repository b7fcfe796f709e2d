// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One capability in the JSON format of the OSGi Feature Service: its bundles, in the order in which they are started,
 * and its default configuration.
 *
 * @param name of the file, without folder and extension
 * @param bundles coordinates; the version may be a Maven property or <code>${managed}</code>
 * @param configurations by persistent identifier
 * @param frameworkProperties start properties of the framework
 * @param json the whole file
 */
record Feature(
        String name,
        List<String> bundles,
        Map<String, ObjectNode> configurations,
        Map<String, String> frameworkProperties,
        ObjectNode json) {

    private static final String PROPERTIES_EXTENSION = "framework-launching-properties";

    Feature {
        bundles = List.copyOf(bundles);
        configurations = Map.copyOf(configurations);
        frameworkProperties = Map.copyOf(frameworkProperties);
    }

    /**
     * Reads the parts that the assembly needs.
     *
     * @throws AssemblyException if the file is not a feature
     */
    static Feature of(String name, JsonNode json) {
        if (!(json instanceof ObjectNode feature)
                || !"1.0".equals(json.path("feature-resource-version").asText())) {
            throw new AssemblyException(
                    "features/%s.json: expected an object with \"feature-resource-version\": \"1.0\"".formatted(name));
        }
        List<String> bundles = new ArrayList<>();
        for (JsonNode bundle : array(feature, "bundles", name)) {
            if (!bundle.path("id").isTextual()) {
                throw new AssemblyException("features/%s.json: every bundle needs an \"id\"".formatted(name));
            }
            bundles.add(bundle.path("id").asText());
        }
        Map<String, ObjectNode> configurations = new LinkedHashMap<>();
        object(feature.path("configurations"), name)
                .properties()
                .forEach(entry -> configurations.put(entry.getKey(), object(entry.getValue(), name)));
        Map<String, String> properties = new LinkedHashMap<>();
        JsonNode extension =
                feature.path("extensions").path(PROPERTIES_EXTENSION).path("json");
        object(extension, name)
                .properties()
                .forEach(
                        entry -> properties.put(entry.getKey(), entry.getValue().asText()));
        return new Feature(name, bundles, configurations, properties, feature);
    }

    static ObjectNode object(JsonNode node, String file) {
        if (node.isMissingNode()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new AssemblyException("features/%s.json: expected an object instead of %s".formatted(file, node));
    }

    static ArrayNode array(ObjectNode parent, String member, String file) {
        if (parent.path(member) instanceof ArrayNode array) {
            return array;
        }
        if (parent.path(member).isMissingNode()) {
            return parent.arrayNode();
        }
        throw new AssemblyException("features/%s.json: \"%s\" must be an array".formatted(file, member));
    }
}
