// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.chaos.ChaosOptions.Database;
import eu.nephele.smo.lab.chaos.ChaosOptions.Outer;
import eu.nephele.smo.lab.world.Writes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChaosResultTest {

    private final ChaosResult result = new ChaosResult(
            new ChaosOptions(
                    20,
                    7,
                    Outer.CONTEXTS,
                    Database.H2,
                    new Traffic(4, 2, false),
                    40,
                    Optional.empty(),
                    true,
                    false,
                    List.of()),
            new Kills(3, Map.of(Step.MOVE, 4), List.of(3000L, 1000L, 2000L)),
            61.26,
            new Answers(Map.of("deploy", 5, "stop", 2), 4, 1, 0, List.of("place of chaos/g3: 400")),
            Map.of("SUCCEEDED", 6, "SUPERSEDED", 1),
            Map.of("RUNNING", 2),
            1234,
            new Writes(9, 8, 7, 6, 0, List.of()),
            false,
            List.of(
                    Finding.lost("chaos/g1", "version 1.0.3", "version 1.0.2"),
                    Finding.stuck("chaos/g2", "an end", "none")));

    @Test
    void theJsonHasWhatProgramsLookFor() {
        assertThat(result.json())
                .isEqualTo("{\"kills\":20,\"acknowledged\":7,\"lost\":1,\"orphaned\":0,\"doubled\":0,\"stuck\":1,"
                        + "\"killsPerStep\":{\"deploy\":0,\"update\":0,\"alert\":0,\"scale\":0,\"move\":4,\"stop\":0,\"remove\":0},"
                        + "\"seed\":7,\"world\":\"contexts\",\"database\":\"h2\",\"seconds\":61.3}");
    }

    @Test
    void theTableNamesEachFinding() {
        assertThat(result.table())
                .contains(
                        "20, of which 3 during a start",
                        "scale 0, move 4, stop 0",
                        "1000 to 3000 ms, median 2000 ms",
                        "7  {deploy=5, stop=2}",
                        "{RUNNING=2}",
                        "lost chaos/g1",
                        "version 1.0.2",
                        "refused: place of");
    }
}
