// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.placement.PlacementRow.RowStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program is played by a script; {@link CpSatProgramTest} has the real one. */
class CpSatRunTest {

    @TempDir
    Path folder;

    private PlacementRow run(String script, RunLimits limits) throws IOException, InterruptedException {
        Instance instance = InstanceReader.read(
                Samples.file(folder, Samples.ASSIGNMENT.replace("\"lowerBound\": 5,", "")),
                Optional.empty(),
                Optional.empty());
        return new CpSatRun(List.of("sh", "-c", script, "played"), limits).run(instance, 0.25);
    }

    private PlacementRow run(String script) throws IOException, InterruptedException {
        return run(script, new RunLimits(1_500, 7, 5_000));
    }

    @Test
    void theProgramGetsTheProblemTheLimitAndTheSeed() throws Exception {
        Path seen = folder.resolve("seen");
        run("{ cat; echo \"$1 $2\"; } >'%s'".formatted(seen));
        assertThat(Files.readAllLines(seen)).startsWith("3 2 2 ").endsWith("0 ", "1.5 7");
    }

    @Test
    void valuesAndTimesAreThoseOfItsSolutions() throws Exception {
        PlacementRow row = run("""
                echo version 9.9
                echo built 0.5
                echo solution 0.1 1 1 0
                echo solution 0.3 0 1 0
                echo end OPTIMAL 0.4 5
                """);
        assertThat(row.status()).isEqualTo(RowStatus.OPTIMAL);
        assertThat(row.checked()).isTrue();
        assertThat(new PlacementReport("m", LocalDate.of(2026, 11, 26)).csv(row, row.bound()))
                .isEqualTo(
                        "jobs,gap,cpsat,9.9,m,1,7,1.500,0.750,0.100,0.300,0.300,5,5,0.000,OPTIMAL,true,2026-11-26,0.40000");
    }

    @Test
    void withoutASolutionItsBoundIsLeft() throws Exception {
        PlacementRow row = run("echo end UNKNOWN 1.5 4");
        assertThat(row.status()).isEqualTo(RowStatus.NONE);
        assertThat(row.bound()).hasValue(4);
        assertThat(row.value()).isEmpty();
        assertThat(run("echo end UNKNOWN 1.5 none").bound()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "echo solution 0.1 0 0 0; echo end OPTIMAL 0.4 5 | its placement breaks 1 rules",
                "echo solution 0.1 1 1 0; echo end FEASIBLE 0.4 9 | its bound is 9 and its value 8",
                "echo solution 0.1 1 1; echo end FEASIBLE 0.4 5 | its line 'solution 0.1 1 1' cannot be read: 2 columns for 3 services",
                "echo solution 0.1 1 7 0 | its line 'solution 0.1 1 7 0' cannot be read",
                "echo end FEASIBLE | its line 'end FEASIBLE' cannot be read",
                "echo tea | its line 'tea' cannot be read: unknown word",
                "echo solution 0.1 1 1 0 | it did not say how it ended",
                "printf 'end UNKNOWN 1.5 4' | it did not say how it ended",
                "echo out of memory >&2; exit 3 | it ended with status 3: out of memory"
            })
    void whateverItDoesIsARowWithTheReason(String script, String reason) throws Exception {
        PlacementRow row = run(script);
        assertThat(row.status()).isEqualTo(RowStatus.ERROR);
        assertThat(row.bound()).isEmpty();
        assertThat(row.answer().reason()).startsWith(reason);
    }

    @Test
    void aProgramThatDoesNotEndIsKilled() throws Exception {
        Instance instance =
                InstanceReader.read(Samples.file(folder, Samples.ASSIGNMENT), Optional.empty(), Optional.empty());
        RunLimits over = new RunLimits(20, 1, 70 - CpSatProcess.SET_UP_MILLIS);
        Path id = folder.resolve("id");
        PlacementRow row = new CpSatRun(
                        List.of("sh", "-c", "echo $$ >'%s'; while true; do read -r line; done".formatted(id)), over)
                .run(instance, 0);
        assertThat(row.status()).isEqualTo(RowStatus.ERROR);
        assertThat(row.answer().reason()).isEqualTo("it had not ended after 100 ms");
    }
}
