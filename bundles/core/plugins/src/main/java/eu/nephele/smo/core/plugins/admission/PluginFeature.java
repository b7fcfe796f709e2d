// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * The {@code feature.json} of a zip.
 *
 * @param configurations PID to properties
 */
record PluginFeature(String id, Version version, Map<String, JsonObject> configurations) {

    private static final String RULE = "feature";

    /** Prefixes of the PIDs of the product and its base; a plugin with such a name does not get them either. */
    private static final List<String> OTHERS =
            List.of("eu.nephele.smo", "org.apache.felix", "org.apache.aries", "org.osgi.", "org.eclipse.jetty");

    static PluginFeature read(byte[] utf8) throws AdmissionException {
        JsonObject json;
        try {
            json = StrictJson.parseObject(new String(utf8, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException broken) {
            throw new AdmissionException(RULE, "feature.json cannot be read: " + broken.getMessage());
        }
        String[] id = json.get("id").flatMap(JsonValue::asString).orElse("").split(":", -1);
        if (id.length < 3) {
            throw new AdmissionException(RULE, "feature.json has no id of the form group:artifact:version");
        }
        String name = id[1].startsWith(id[0]) ? id[1] : id[0] + "." + id[1];
        PluginName.check(
                RULE,
                "feature.json has no id group:artifact:version whose group and artifact are a symbolic name",
                name);
        Version version = version(id[id.length - 1]);
        PluginName.checkLength(RULE, "feature.json has no version that a file name can have", version.toString());
        return new PluginFeature(name, version, configurations(json));
    }

    private static Map<String, JsonObject> configurations(JsonObject json) throws AdmissionException {
        Map<String, JsonObject> configurations = new LinkedHashMap<>();
        JsonObject given =
                json.get("configurations").flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
        for (Map.Entry<String, JsonValue> entry : given.members().entrySet()) {
            if (OTHERS.stream().anyMatch(entry.getKey()::startsWith)) {
                throw new AdmissionException(
                        RULE,
                        "feature.json configures %s, which belongs to this server; a plugin configures itself only"
                                .formatted(entry.getKey()));
            }
            configurations.put(
                    entry.getKey(),
                    entry.getValue()
                            .asObject()
                            .orElseThrow(() -> new AdmissionException(
                                    RULE, "feature.json: configuration %s is no object".formatted(entry.getKey()))));
        }
        return configurations;
    }

    /** A plugin configures itself only. */
    void checkConfigurations(List<String> bundles) throws AdmissionException {
        for (String pid : configurations.keySet()) {
            boolean own = Stream.concat(Stream.of(id), bundles.stream())
                    .anyMatch(name -> pid.equals(name) || pid.startsWith(name + ".") || pid.startsWith(name + "~"));
            if (!own) {
                throw new AdmissionException(
                        RULE,
                        "feature.json configures %s, which begins with neither its id %s nor the symbolic name of a bundle in it (%s); a plugin configures itself only"
                                .formatted(pid, id, String.join(", ", bundles)));
            }
        }
    }

    /** A Maven version as OSGi writes it: 1.2.3-SNAPSHOT becomes 1.2.3.SNAPSHOT. */
    private static Version version(String maven) throws AdmissionException {
        String[] parts = maven.split("-", 2);
        String numbers = parts[0];
        try {
            Version version = Version.parseVersion(numbers);
            return parts.length == 1
                    ? version
                    : new Version(
                            version.getMajor(),
                            version.getMinor(),
                            version.getMicro(),
                            parts[1].replaceAll("[^A-Za-z0-9_-]", "_"));
        } catch (IllegalArgumentException broken) {
            throw new AdmissionException(RULE, "feature.json has the invalid version '%s'".formatted(maven));
        }
    }
}
