// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.InjectedFault;
import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.InjectedFault.ScenarioKind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SafetyPropertyTest {

    @Property(tries = 60)
    void whateverHappensWhenNothingIsLostOrDoneTwice(
            @ForAll @IntRange(min = 2, max = 9) int owners,
            @ForAll ScenarioKind kind,
            @ForAll @LongRange(min = 0, max = 20_000_000) long atMicros,
            @ForAll @LongRange(min = 1, max = 15_000_000) long forMicros,
            @ForAll long seed) {
        SimulationResult simulationResult =
                Simulation.run(Scenarios.struck(owners, new InjectedFault(kind, atMicros, forMicros), seed));

        assertThat(simulationResult.work().accepted()).isEqualTo(Scenarios.GRAPHS);
        assertThat(simulationResult.safety().isGood())
                .as(simulationResult.toString())
                .isTrue();
    }
}
