// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What measures inside of a server, and can silence its audit, is in no installation that anybody uses. */
class LabProfilesTest {

    private static final Path FEATURES = Path.of("../../features");
    private static final String LOAD = "smo-lab-harness-load:";

    @Test
    void onlyTheProfilesOfTheLabHaveWhatMeasuresInside() throws IOException {
        Set<String> having = new TreeSet<>();
        for (Path profile : files(FEATURES.resolve("profiles"))) {
            for (var feature : new JsonMapper().readTree(profile.toFile()).path("features")) {
                if (Files.readString(FEATURES.resolve(feature.asText() + ".json"))
                        .contains(LOAD)) {
                    having.add(profile.getFileName().toString());
                }
            }
        }
        assertThat(having).containsExactly("swap.json", "world.json");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(
                    files.filter(file -> file.toString().endsWith(".json")).toList());
        }
    }
}
