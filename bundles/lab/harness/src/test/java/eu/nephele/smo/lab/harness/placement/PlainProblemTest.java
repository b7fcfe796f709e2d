// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainProblemTest {

    @TempDir
    Path folder;

    private String plain(String content, InstanceObjective objective) throws IOException {
        StringWriter out = new StringWriter();
        PlainProblem.write(
                InstanceReader.read(Samples.file(folder, content), Optional.empty(), Optional.of(objective)), out);
        return out.toString().replace(" \n", "\n");
    }

    @Test
    void aFederationHasDemandCapacityCostsLinksDistancesAndGroups() throws IOException {
        assertThat(plain(
                        Samples.FEDERATION.replace("\"together\": []", "\"together\": [[0, 1]]"),
                        InstanceObjective.ALL))
                .isEqualTo("""
                        2 3 3
                        1100 0 1048576000
                        1000 2 1258291200
                        8000 0 8589934592
                        8000 4 8589934592
                        1500 4 8589934592
                        38 104 55
                        33 267 12
                        1
                        0 1 3
                        0 14 4
                        14 0 14
                        4 14 0
                        1
                        2 0 1
                        1
                        0 1
                        """);
    }

    @Test
    void theCapacityOfAnAgentIsNoLimitForTheOthers() throws IOException {
        assertThat(plain(Samples.ASSIGNMENT, InstanceObjective.GAP)).isEqualTo("""
                        3 2 2
                        5 3
                        5 3
                        5 9
                        10 -1
                        -1 6
                        1 4
                        2 1
                        3 3
                        0
                        0
                        0
                        """);
    }
}
