// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.load;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordedDecisionsTest {

    private static final Set<String> PLUGINS = Set.of("swap-a");

    @Test
    void anAnswerAndItsTermsOfTheVersionThatIsNamedAreWhole() {
        assertThat(mixed("swap-a", "1.0.7", "version 1.0.7", "1.0.6", 18)).isEmpty();
    }

    @Test
    void anAnswerOfAnotherVersionIsMixed() {
        assertThat(mixed("swap-a", "1.0.7", "version 1.0.6", "1.0.7", 21)).isPresent();
    }

    @Test
    void aPriceOfAnotherVersionIsMixed() {
        assertThat(mixed("swap-a", "1.0.7", "version 1.0.7", "1.0.7", 18)).isPresent();
    }

    @Test
    void aFallbackSaysNothingOfItsVersion() {
        assertThat(mixed("first-fit", "0.1.0", "", "1.0.7", 21)).isEmpty();
    }

    private static Optional<String> mixed(
            String strategy, String version, String note, String objectiveVersion, int value) {
        String details = """
            {"quality":{"stop":"finished","note":"%s"},
             "terms":[{"objective":"moves","value":1,"version":"0.1.0"},
                      {"objective":"swap-a-cost","value":%d,"version":"%s"}]}
            """.formatted(note, value, objectiveVersion);
        return RecordedDecisions.mixed(
                new DecisionRecord(
                        "1",
                        DecisionRecord.DecisionKind.PLACEMENT,
                        new GraphId(LoadGraph.PROJECT, "g1"),
                        1,
                        Instant.EPOCH,
                        "replace",
                        new DecisionRecord.Strategy(strategy, version),
                        "placed",
                        false,
                        Duration.ZERO,
                        Optional.empty(),
                        StrictJson.parseObject(details)),
                PLUGINS);
    }
}
