// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever outlives a pass in memory says by what it is found again after a takeover, or why it is not: read from the
 * sources.
 */
class KeptInMemoryTest {

    private static final Path SOURCES = Path.of("src/main/java/eu/nephele/smo/core/engine");
    private static final Pattern FIELD = Pattern.compile(
            "(?<line>.*)\\n    private (?:final )?(?:Map|Set|List|Deque|Queue)<.*> (?<name>\\w+) = .*;");
    private static final Pattern SAID = Pattern.compile(
            "    /\\*\\* (Cache of .* found again .*|Begins anew with each start.*, (?:because|for the same reason).*)\\*/");
    /** Objects of one pass or one call, and the services that a component has registered. */
    private static final Set<String> SHORT_LIVED = Set.of(
            "RolloutPass.java",
            "ServiceStartOrder.java",
            "Conditions.java",
            "DemandReadings.java",
            "HeldReplicas.java",
            "TotalsCount.java",
            "EngineComponent.java");

    @Test
    void aCollectionThatOutlivesAPassSaysWhatATakeoverMakesOfIt() throws IOException {
        List<Path> sources;
        try (Stream<Path> all = Files.walk(SOURCES)) {
            sources = all.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !SHORT_LIVED.contains(path.getFileName().toString()))
                    .toList();
        }
        int fields = 0;
        List<String> silent = new ArrayList<>();
        for (Path source : sources) {
            Matcher field = FIELD.matcher(Files.readString(source));
            while (field.find()) {
                fields++;
                if (!SAID.matcher(field.group("line")).matches()) {
                    silent.add("%s: %s".formatted(source.getFileName(), field.group("name")));
                }
            }
        }
        assertThat(fields).as("fields that were found").isGreaterThan(40);
        assertThat(silent).isEmpty();
    }
}
