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

/** Measurements of a run of {@code ./smo bench engine}. */
record BenchMeasurement(FleetSize fleet, Map<SizingFigure, Double> figures) {

    /** @param file output of the benchmark; its last line is the result as JSON */
    static BenchMeasurement read(Path file) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.removeIf(String::isBlank);
        try {
            JsonNode result = new ObjectMapper().readTree(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
            if (result.path("benchmark").asText().equals("engine")) {
                return from(result);
            }
        } catch (JsonProcessingException noJson) {
            // reported below
        }
        throw new IOException("%s: its last line is not a result of ./smo bench engine --json".formatted(file));
    }

    private static BenchMeasurement from(JsonNode result) {
        Map<SizingFigure, Double> figures = new EnumMap<>(SizingFigure.class);
        for (SizingFigure figure : SizingFigure.values()) {
            JsonNode value = result.at(figure.pointer());
            if (value.isNumber() && value.asDouble() > 0) {
                figures.put(figure, value.asDouble());
            }
        }
        return new BenchMeasurement(
                new FleetSize(
                        result.path("graphs").asInt(),
                        result.path("services").asInt(),
                        result.path("clusters").asInt()),
                figures);
    }

    /** 0 when the run has not measured it. */
    double figure(SizingFigure figure) {
        return figures.getOrDefault(figure, 0.0);
    }
}
