// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CollectedRequirementsTest {

    @Test
    void reasonsOfAllIntentsTogetherHaveAnEndAndConstraintsHaveNone() {
        CollectedRequirements collected = new CollectedRequirements();
        String why = "x".repeat(AnswerLimits.REASON_CHARACTERS);
        int fit = AnswerLimits.REASONS_CHARACTERS / AnswerLimits.REASON_CHARACTERS;
        for (int i = 0; i < fit + 3; i++) {
            collected.forbid("s" + i, new ClusterId("sim", "c"), why);
            collected.forbid("s" + i, new ClusterId("sim", "c"), why);
        }
        assertThat(collected.translated().forbidden())
                .hasSize(fit + 3)
                .containsEntry("s" + (fit - 1), Map.of(new ClusterId("sim", "c"), why))
                .containsEntry("s" + fit, Map.of(new ClusterId("sim", "c"), CollectedRequirements.NOT_KEPT));
    }
}
