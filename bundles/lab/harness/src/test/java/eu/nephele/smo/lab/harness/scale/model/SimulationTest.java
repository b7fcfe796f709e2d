// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import static eu.nephele.smo.lab.harness.scale.model.Scenarios.LEASE;
import static eu.nephele.smo.lab.harness.scale.model.Scenarios.RENEWALS;
import static eu.nephele.smo.lab.harness.scale.model.Scenarios.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.InjectedFault;
import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.InjectedFault.ScenarioKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {

    private static final double MICROS = 1e6;

    /** A burst of graphs has come at 10 s and is under way. */
    private static final long MIDST = 10 * SECOND + 20_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 32})
    void everythingThatWasAcknowledgedRunsInTheEndAndNothingIsDoneTwice(int owners) {
        SimulationResult simulationResult = Simulation.run(Scenarios.calm(owners, 1));

        assertThat(simulationResult.work().accepted()).isEqualTo(Scenarios.GRAPHS);
        assertThat(simulationResult.work().completed()).isEqualTo(Scenarios.GRAPHS);
        assertThat(simulationResult.safety()).isEqualTo(new SimulationResult.Safety(0, 0, 0, 0, 0, 0));
        // each service once, and once more for each graph of the lost region
        assertThat(simulationResult.work().calls())
                .isEqualTo(4 * (Scenarios.GRAPHS + simulationResult.recovery().lostGraphs()));
        assertThat(simulationResult.work().decisions())
                .isEqualTo(Scenarios.GRAPHS + simulationResult.recovery().lostGraphs());
        assertThat(simulationResult.recovery().lostGraphs()).isBetween(Scenarios.GRAPHS / 16L, Scenarios.GRAPHS / 8L);
    }

    @Test
    void theSameScenarioComesToTheSameAndAnotherSeedToSomethingElse() {
        InjectedFault fault = new InjectedFault(ScenarioKind.KILLED, MIDST, 0);

        SimulationResult first = Simulation.run(Scenarios.struck(4, fault, 5));

        assertThat(Simulation.run(Scenarios.struck(4, fault, 5))).isEqualTo(first);
        assertThat(Simulation.run(Scenarios.struck(4, fault, 6))).isNotEqualTo(first);
    }

    @Test
    void moreOwnersDoMoreUntilTheDatabaseCannot() {
        // 2 commits per millisecond, 8 per graph; the last graphs wait half a second until they are looked at
        ScaleSettings few = Scenarios.settings(2);
        double limit = 2000.0 / 8;
        double least = 0;
        for (int owners : new int[] {1, 2, 4, 8, 16}) {
            SimulationResult simulationResult = Simulation.run(Scenarios.calm(owners, few, 1));
            double rate = simulationResult.pace().graphsPerSecond();
            assertThat(rate).as("%d owners", owners).isBetween(least, limit);
            least = Math.max(least, Math.min(rate, 0.8 * limit));
        }
        SimulationResult most = Simulation.run(Scenarios.calm(16, few, 1));
        assertThat(most.bottleneck()).isEqualTo("database commits");
        assertThat(most.use().get("cores")).isLessThan(0.5);
        assertThat(most.pace().graphsPerSecond()).isGreaterThan(0.8 * limit);
        assertThat(Simulation.run(Scenarios.calm(1, few, 1)).bottleneck()).isEqualTo("cores");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theGraphsOfAnOwnerThatIsKilledAreTakenOverWithinItsLeaseAndTheTimeForALookAtEach(long seed) {
        SimulationResult simulationResult =
                Simulation.run(Scenarios.struck(4, new InjectedFault(ScenarioKind.KILLED, MIDST, 0), seed));

        assertThat(simulationResult.safety().isGood())
                .as(simulationResult.toString())
                .isTrue();
        assertThat(simulationResult.work().completed()).isEqualTo(Scenarios.GRAPHS);
        double lease = LEASE / MICROS;
        double renewal = lease / RENEWALS;
        assertThat(simulationResult.recovery().takeoverSeconds()).isBetween(lease - 2 * renewal, lease + renewal + 0.1);
        // a quarter of all graphs at most, one millisecond each, by three owners beside what else they do
        assertThat(simulationResult.recovery().lookedSeconds())
                .isBetween(
                        simulationResult.recovery().takeoverSeconds(),
                        simulationResult.recovery().takeoverSeconds() + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anOwnerThatStoodStillBeyondItsLeaseWritesNothingAndBeginsNothingOutside(long seed) {
        SimulationResult simulationResult =
                Simulation.run(Scenarios.struck(4, new InjectedFault(ScenarioKind.STOPPED, MIDST, 9 * SECOND), seed));

        assertThat(simulationResult.safety().isGood())
                .as(simulationResult.toString())
                .isTrue();
        assertThat(simulationResult.work().completed()).isEqualTo(Scenarios.GRAPHS);
        assertThat(simulationResult.recovery().takeoverSeconds()).isBetween(3.0, 6.1);
    }

    @Test
    void theFenceIsWhatKeepsAFormerOwnerOut() {
        long refused = 0;
        for (long seed = 1; seed <= 10; seed++) {
            refused += Simulation.run(
                            Scenarios.struck(4, new InjectedFault(ScenarioKind.STOPPED, MIDST, 9 * SECOND), seed))
                    .safety()
                    .refusedWrites();
        }

        assertThat(refused).isPositive();
    }

    @Test
    void anOwnerThatStoodStillForLessThanItsLeaseGoesOn() {
        SimulationResult simulationResult =
                Simulation.run(Scenarios.struck(4, new InjectedFault(ScenarioKind.STOPPED, MIDST, 2 * SECOND), 1));

        assertThat(simulationResult.safety()).isEqualTo(new SimulationResult.Safety(0, 0, 0, 0, 0, 0));
        assertThat(simulationResult.recovery().takeoverSeconds()).isZero();
    }

    @Test
    void anOnlyOwnerThatIsStartedAgainWaitsForItsOwnLease() {
        SimulationResult simulationResult =
                Simulation.run(Scenarios.struck(1, new InjectedFault(ScenarioKind.KILLED, MIDST, 2 * SECOND), 1));

        assertThat(simulationResult.safety().isGood())
                .as(simulationResult.toString())
                .isTrue();
        assertThat(simulationResult.recovery().takeoverSeconds()).isBetween(3.0, 6.1);
        ScaleScenario hopeless = Scenarios.calm(1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScaleScenario(
                        hopeless.settings(),
                        hopeless.fleet(),
                        1,
                        1,
                        hopeless.load(),
                        Optional.of(new InjectedFault(ScenarioKind.KILLED, SECOND, 0)),
                        1));
    }

    @Test
    void severalDatabasesDoMoreThanOneThatCannot() {
        ScaleSettings few = Scenarios.settings(1);
        ScaleScenario one = Scenarios.calm(16, few, 1);
        ScaleScenario four = new ScaleScenario(few, one.fleet(), 16, 4, one.load(), Optional.empty(), 1);

        SimulationResult divided = Simulation.run(four);

        assertThat(divided.safety()).isEqualTo(new SimulationResult.Safety(0, 0, 0, 0, 0, 0));
        assertThat(divided.pace().graphsPerSecond())
                .isGreaterThan(2 * Simulation.run(one).pace().graphsPerSecond());
    }

    @Test
    void manySlicesDivideARegionThatIsLostAmongManyOwners() {
        ScaleScenario whole = Scenarios.calm(8, 1);
        ScaleScenario.Fleet fleet = whole.fleet();
        ScaleScenario sliced = new ScaleScenario(
                whole.settings(),
                new ScaleScenario.Fleet(
                        fleet.graphs(), fleet.services(), fleet.clusters(), fleet.regions(), 4, fleet.spread()),
                8,
                1,
                whole.load(),
                Optional.empty(),
                1);

        double ofOne = Simulation.run(whole).recovery().lossDecidedSeconds();
        double ofFour = Simulation.run(sliced).recovery().lossDecidedSeconds();

        assertThat(ofFour).isLessThan(0.6 * ofOne);
    }
}
