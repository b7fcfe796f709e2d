// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlacementCommandTest {

    @TempDir
    Path folder;

    @Test
    void boundsOfARunAreRecordedBesideThoseThatAreKnown() throws Exception {
        Path bounds = folder.resolve("bounds.csv");
        int status = new CommandLine(new PlacementCommand())
                .execute(
                        "--time",
                        "0.5",
                        "--generate",
                        "8,4,tight,3",
                        "--strategies",
                        "first-fit,anytime",
                        "--record-bounds",
                        bounds.toString());
        assertThat(status).isZero();
        assertThat(Files.readAllLines(bounds))
                .startsWith(BestBounds.HEADER, "a20200,gap,2339,CP-SAT 9.12.4544,8.0,2026-11-26")
                .anyMatch(line ->
                        line.matches("fed-s8-c4-tight-3,wide,\\d+,anytime 0\\.1\\.0,0\\.5,\\d{4}-\\d\\d-\\d\\d"));
    }

    @Test
    void aBoundThatIsTooHighIsAFinding() throws Exception {
        Path bounds = Files.writeString(
                folder.resolve("bounds.csv"),
                BestBounds.HEADER + "\nfed-s8-c4-tight-3,wide,99999999,x,1.0,2026-01-01\n");
        int status = new CommandLine(new PlacementCommand())
                .execute("--time", "0.1", "--generate", "8,4,tight,3", "--record-bounds", bounds.toString());
        assertThat(status).isEqualTo(1);
    }
}
