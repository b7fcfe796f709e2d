// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.Latencies;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.Neighbours;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.ReplicaBounds;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.SharedLabel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelChoicesTest {

    private static List<TranslatedIntents> choices(int zones) {
        TranslatedIntents intents = new TranslatedIntents(
                Map.of(),
                Map.of(),
                new Neighbours(List.of(), List.of(), List.of(new SharedLabel(Set.of("a", "b"), "zone", "in one zone"))),
                Latencies.NONE,
                Map.of(),
                Map.of(),
                ReplicaBounds.NONE,
                Map.of(),
                List.of(),
                "",
                List.of());
        List<ClusterState> clusters = IntStream.range(0, zones)
                .mapToObj(number -> new ClusterState(
                        new ClusterId("sim", "c" + number),
                        true,
                        Resources.NONE,
                        Resources.NONE,
                        "",
                        Map.of("zone", "z" + number),
                        EnergyProfile.UNKNOWN,
                        Set.of(),
                        Instant.EPOCH))
                .toList();
        return LabelChoices.list(intents, clusters, Placement.NONE);
    }

    @Test
    void eachValueOfALabelIsAChoice() {
        assertThat(choices(LabelChoices.MOST))
                .hasSize(LabelChoices.MOST)
                .allSatisfy(choice -> assertThat(choice.warnings()).isEmpty());
    }

    @Test
    void saysWhenThereAreMoreChoicesThanAreLookedAt() {
        assertThat(choices(LabelChoices.MOST + 8)).hasSize(LabelChoices.MOST).allSatisfy(choice -> assertThat(
                        choice.warnings())
                .containsExactly("32 of 40 choices of places with the same labels were looked at"));
    }
}
