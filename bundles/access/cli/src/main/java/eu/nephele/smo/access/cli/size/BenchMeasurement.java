// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.size;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of {@code ./smo bench engine} has measured.
 *
 * @param figures those that it has measured
 */
record Measured(Fleet fleet, Map<Figure, Double> figures) {

    /**
     * @param file output of the benchmark; its last line is the result as JSON
     * @throws IOException when it is not
     */
    static Measured read(Path file) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.removeIf(String::isBlank);
        try {
            JsonNode result = new ObjectMapper().readTree(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
            if (result.path("benchmark").asText().equals("engine")) {
                return of(result);
            }
        } catch (JsonProcessingException noJson) {
            // told below
        }
        throw new IOException("%s: its last line is no result of ./smo bench engine --json".formatted(file));
    }

    private static Measured of(JsonNode result) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            JsonNode value = result.at(figure.pointer());
            if (value.isNumber() && value.asDouble() > 0) {
                figures.put(figure, value.asDouble());
            }
        }
        return new Measured(
                new Fleet(
                        result.path("graphs").asInt(),
                        result.path("services").asInt(),
                        result.path("clusters").asInt()),
                figures);
    }

    /** 0 when the run has not measured it. */
    double of(Figure figure) {
        return figures.getOrDefault(figure, 0.0);
    }
}
