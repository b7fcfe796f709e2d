// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.placement.PlacementRow.RowStatus;
import eu.nephele.smo.placement.anytime.AnytimeStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real program, where {@code ./smo bench placement --against cpsat} has fetched its libraries before: tests fetch nothing. */
class CpSatProgramTest {

    private static Path libraries() {
        String cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isEmpty())
                .orElse(System.getenv().getOrDefault("HOME", "") + "/.cache");
        return Path.of(cache, "smo-bench", "cpsat");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GAP")
    void bothProveTheSameOptimum(InstanceObjective objective) throws Exception {
        if (!Files.exists(libraries().resolve("complete"))) {
            System.err.println(
                    "*** OR-Tools IS MISSING in %s: the program of CP-SAT is NOT tested".formatted(libraries()));
            return;
        }
        Instance instance = InstanceSource.generated("12,6,tight,4").read(Optional.empty(), Optional.of(objective));
        RunLimits limits = new RunLimits(20_000, 1, 5_000);
        PlacementRow ours = new PlacementRun("anytime", new AnytimeStrategy(), limits, false).run(instance, 0);
        PlacementRow theirs = new CpSatRun(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                libraries().resolve("*").toString(),
                                "src/main/cpsat/CpSat.java"),
                        limits)
                .run(instance, 0);
        assertThat(theirs.answer().reason()).isEmpty();
        assertThat(theirs.status()).isEqualTo(RowStatus.OPTIMAL);
        assertThat(theirs.bound()).isEqualTo(theirs.value());
        assertThat(theirs.version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(theirs.value()).isEqualTo(ours.value());
    }
}
