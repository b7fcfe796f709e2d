// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.lab.harness.scale.figures.ModelParameter.ParameterKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** All figures that are not measured by the benchmark, each with its source: {@code parameters.json}. */
public final class ModelParameters {

    private static final String FILE = "parameters.json";

    private final Map<String, ModelParameter> byName;

    private ModelParameters(Map<String, ModelParameter> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /** Contents of the built-in file. */
    public static ModelParameters standard() {
        try (InputStream file = ModelParameters.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing in the program");
            }
            Map<String, ModelParameter> byName = new LinkedHashMap<>();
            for (JsonNode node : new ObjectMapper().readTree(file)) {
                ModelParameter parameter = read(node);
                byName.put(parameter.name(), parameter);
            }
            return new ModelParameters(byName);
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ModelParameter read(JsonNode node) {
        return new ModelParameter(
                node.required("name").textValue(),
                node.required("value").doubleValue(),
                node.required("unit").textValue(),
                ParameterKind.valueOf(node.required("kind").textValue().toUpperCase(Locale.ROOT)),
                node.required("source").textValue());
    }

    /** @throws IllegalArgumentException with a message for people when the parameter is unknown */
    public ModelParameters with(String name, double value) {
        Map<String, ModelParameter> changed = new LinkedHashMap<>(byName);
        changed.put(name, find(name).with(value));
        return new ModelParameters(changed);
    }

    /** @throws IllegalArgumentException with a message for people when the parameter is unknown */
    public double value(String name) {
        return find(name).value();
    }

    int whole(String name) {
        return Math.toIntExact(Math.round(value(name)));
    }

    /** A parameter in milliseconds as whole microseconds. */
    long micros(String name) {
        return Math.round(value(name) * 1000);
    }

    public Collection<ModelParameter> all() {
        return byName.values();
    }

    private ModelParameter find(String name) {
        ModelParameter parameter = byName.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException(
                    "%s: unknown parameter, expected one of %s".formatted(name, String.join(", ", byName.keySet())));
        }
        return parameter;
    }
}
