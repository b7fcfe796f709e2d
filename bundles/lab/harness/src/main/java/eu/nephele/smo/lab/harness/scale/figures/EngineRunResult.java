// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of {@code ./smo bench engine --json}: its last line.
 *
 * @param postgresql whether the database was a PostgreSQL
 */
public record EngineRunResult(Size size, boolean postgresql, JsonNode figures) {

    private static final String FILE = "engine-runs.jsonl";
    private static final String COMMENT = "#";

    /** @param services of each */
    public record Size(int graphs, int services, int clusters, int clients) {

        @Override
        public String toString() {
            return "%d graphs of %d services, %d clusters".formatted(graphs, services, clusters);
        }
    }

    /** Contents of the built-in file. */
    public static List<EngineRunResult> standard() {
        try (InputStream file = EngineRunResult.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing in the program");
            }
            return read(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a file with such lines; lines that begin with {@code #} are comments.
     *
     * @throws IOException when it cannot be read, or has other content
     */
    public static List<EngineRunResult> read(Path file) throws IOException {
        return read(Files.readAllLines(file));
    }

    static List<EngineRunResult> read(List<String> lines) throws IOException {
        List<EngineRunResult> runs = new ArrayList<>();
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith(COMMENT)) {
                runs.add(from(new ObjectMapper().readTree(line)));
            }
        }
        return runs;
    }

    private static EngineRunResult from(JsonNode line) throws IOException {
        if (!line.path("benchmark").asText().equals("engine")) {
            throw new IOException("not a line of bench engine --json: " + line);
        }
        Size size = new Size(
                line.path("graphs").asInt(),
                line.path("services").asInt(),
                line.path("clusters").asInt(),
                line.path("clients").asInt());
        return new EngineRunResult(size, line.path("database").asText().equals("postgresql"), line);
    }

    public double figure(String pointer) {
        return figures.at(pointer).asDouble();
    }

    double deployCpuMillis() {
        return figure("/deploy/cpuMillisPerGraph") * size.graphs();
    }
}
