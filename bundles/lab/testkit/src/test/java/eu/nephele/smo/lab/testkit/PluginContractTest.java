// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.placement.PlacementStrategy;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

class PluginContractTest {

    private static final String SPLITS = "splits services when it says that it can";

    private static Map<String, Executable> tests(PlacementStrategyContract contract) {
        return contract.passesTheConformanceKit()
                .collect(Collectors.toMap(DynamicTest::getDisplayName, DynamicTest::getExecutable));
    }

    /** Takes its properties from the component description, which promises too much. */
    private static final PlacementStrategyContract PROMISING = new PlacementStrategyContract() {
        @Override
        protected PlacementStrategy strategy() {
            return new CheapestStrategy();
        }
    };

    @Test
    void aCheckThatPassesIsATestThatPasses() {
        assertThatCode(() ->
                        tests(PROMISING).get("solves the simplest problems").execute())
                .doesNotThrowAnyException();
    }

    @Test
    void aCheckThatFailsIsATestThatFailsWithItsDetail() {
        assertThatThrownBy(() -> tests(PROMISING).get(SPLITS).execute())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("new PlacementRequestBuilder(");
    }

    @Test
    void aCheckThatDoesNotApplyIsATestThatIsSkipped() {
        assertThatThrownBy(
                        () -> tests(new CheapestConformanceTest()).get(SPLITS).execute())
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("not published with smo.strategy.capabilities=splits");
    }

    @Test
    void thePropertiesOfTheComponentCount() {
        assertThat(ComponentProperties.read(CheapestStrategy.class))
                .isEqualTo(Map.of(
                        "smo.strategy.id", "cheapest", "smo.strategy.capabilities", List.of("levels", "splits")));
    }

    @Test
    void aClassThatIsNoComponentHasNoProperties() {
        assertThat(ComponentProperties.read(String.class)).isEmpty();
    }
}
