// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.scale.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.lab.scale.figures.Parameter.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** All figures that do not come out of runs of the benchmark, each with its source: {@code parameters.json}. */
public final class Parameters {

    private static final String FILE = "parameters.json";

    private final Map<String, Parameter> byName;

    private Parameters(Map<String, Parameter> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /** Those of the file. */
    public static Parameters standard() {
        try (InputStream file = Parameters.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing in the program");
            }
            Map<String, Parameter> byName = new LinkedHashMap<>();
            for (JsonNode node : new ObjectMapper().readTree(file)) {
                Parameter parameter = read(node);
                byName.put(parameter.name(), parameter);
            }
            return new Parameters(byName);
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Parameter read(JsonNode node) {
        return new Parameter(
                node.required("name").textValue(),
                node.required("value").doubleValue(),
                node.required("unit").textValue(),
                Kind.valueOf(node.required("kind").textValue().toUpperCase(Locale.ROOT)),
                node.required("source").textValue());
    }

    /**
     * The same with another value.
     *
     * @throws IllegalArgumentException with a message for people when there is no such parameter
     */
    public Parameters with(String name, double value) {
        Map<String, Parameter> changed = new LinkedHashMap<>(byName);
        changed.put(name, find(name).with(value));
        return new Parameters(changed);
    }

    /** @throws IllegalArgumentException with a message for people when there is no such parameter */
    public double value(String name) {
        return find(name).value();
    }

    int whole(String name) {
        return Math.toIntExact(Math.round(value(name)));
    }

    /** In whole microseconds, of one that is in milliseconds. */
    long micros(String name) {
        return Math.round(value(name) * 1000);
    }

    public Collection<Parameter> all() {
        return byName.values();
    }

    private Parameter find(String name) {
        Parameter parameter = byName.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException(
                    "%s: no such parameter. There are: %s".formatted(name, String.join(", ", byName.keySet())));
        }
        return parameter;
    }
}
