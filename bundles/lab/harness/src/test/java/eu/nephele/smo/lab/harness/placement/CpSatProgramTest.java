// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.harness.placement.CpSatBatch.ProvenAnswer;
import eu.nephele.smo.lab.harness.placement.PlacementRow.RowStatus;
import eu.nephele.smo.placement.anytime.AnytimeStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
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

    private static boolean isMissing() {
        boolean missing = !Files.exists(libraries().resolve("complete"));
        if (missing) {
            System.err.println(
                    "*** OR-Tools IS MISSING in %s: the program of CP-SAT is NOT tested".formatted(libraries()));
        }
        return missing;
    }

    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                libraries().resolve("*").toString(),
                "src/main/cpsat/CpSat.java");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GAP")
    void bothProveTheSameOptimum(InstanceObjective objective) throws Exception {
        if (isMissing()) {
            return;
        }
        Instance instance = InstanceSource.generated("12,6,tight,4").read(Optional.empty(), Optional.of(objective));
        RunLimits limits = new RunLimits(20_000, 1, 5_000);
        PlacementRow ours = new PlacementRun("anytime", new AnytimeStrategy(), limits, false).run(instance, 0);
        PlacementRow theirs = new CpSatRun(command(), limits).run(instance, 0);
        assertThat(theirs.answer().reason()).isEmpty();
        assertThat(theirs.status()).isEqualTo(RowStatus.OPTIMAL);
        assertThat(theirs.bound()).isEqualTo(theirs.value());
        assertThat(theirs.version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(theirs.value()).isEqualTo(ours.value());
    }

    /** Forbidden clusters, limits of latency, openings: what only requests have. */
    @Test
    void itProvesWhatEnumerationFinds() throws Exception {
        if (isMissing()) {
            return;
        }
        List<PlacementRequest> requests = LongStream.range(0, 40)
                .mapToObj(seed -> RandomProblems.sized(seed, 4, 4))
                .toList();
        List<ProvenAnswer> proven = new CpSatBatch(command(), 20_000, 1).solve(requests);
        assertThat(proven).extracting(ProvenAnswer::failure).containsOnly("");
        assertThat(proven)
                .extracting(ProvenAnswer::units)
                .isEqualTo(requests.stream().map(CpSatProgramTest::leastUnits).toList());
        assertThat(proven).extracting(answer -> answer.units().isPresent()).contains(true, false);
    }

    private static OptionalLong leastUnits(PlacementRequest request) {
        return Enumeration.best(request).stream()
                .mapToLong(best -> Pricing.total(request, best, 0) / Costs.MICROS)
                .findFirst();
    }
}
