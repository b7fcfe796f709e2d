// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionParametersTest {

    private static final List<EffectiveValue> EFFECTIVE = List.of(
            value("strategy", "\"h3ni.energy-aware\""),
            value("version", "\"[1,2)\""),
            value("parameters.renewable", "0.5"),
            value("parameters.limits", "{\"cpu\": [1, 2]}"),
            value("standIn.parameters.order", "\"demand\""),
            value("objectives.moves", "1.5"),
            value("objectives.carbon", "{\"weight\": 0.1, \"level\": 2}"),
            value("objectives.price", "{\"weight\": 0.4, \"level\": 0, \"normalised\": true}"));

    private static EffectiveValue value(String name, String json) {
        return new EffectiveValue(name, StrictJson.parse(json), "descriptor");
    }

    @Test
    void theRequestedStrategyGetsItsRequestedParameters() {
        DecisionParameters with = DecisionParameters.of(EFFECTIVE, false);

        assertThat(with.parameters())
                .isEqualTo(StrictJson.parseObject("{\"renewable\": 0.5, \"limits\": {\"cpu\": [1, 2]}}"));
        assertThat(with.weights())
                .isEqualTo(Map.of(
                        "moves",
                        ObjectiveWeight.of(1.5),
                        "carbon",
                        new ObjectiveWeight(0.1, 2),
                        "price",
                        new ObjectiveWeight(0.4, 0, true)));
    }

    @Test
    void aStandInHadItsOwnParametersAndTheSameWeights() {
        DecisionParameters with = DecisionParameters.of(EFFECTIVE, true);

        assertThat(with.parameters()).isEqualTo(StrictJson.parseObject("{\"order\": \"demand\"}"));
        assertThat(with.weights()).containsOnlyKeys("moves", "carbon", "price");
    }
}
