// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.scale.model;

import static eu.nephele.smo.lab.scale.model.Scenarios.LEASE;
import static eu.nephele.smo.lab.scale.model.Scenarios.RENEWALS;
import static eu.nephele.smo.lab.scale.model.Scenarios.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.lab.scale.model.Scenario.Fault;
import eu.nephele.smo.lab.scale.model.Scenario.Fault.Kind;
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
        Outcome outcome = Simulation.run(Scenarios.calm(owners, 1));

        assertThat(outcome.work().accepted()).isEqualTo(Scenarios.GRAPHS);
        assertThat(outcome.work().completed()).isEqualTo(Scenarios.GRAPHS);
        assertThat(outcome.safety()).isEqualTo(new Outcome.Safety(0, 0, 0, 0, 0, 0));
        // each service once, and once more for each graph of the lost region
        assertThat(outcome.work().calls())
                .isEqualTo(4 * (Scenarios.GRAPHS + outcome.recovery().lostGraphs()));
        assertThat(outcome.work().decisions())
                .isEqualTo(Scenarios.GRAPHS + outcome.recovery().lostGraphs());
        assertThat(outcome.recovery().lostGraphs()).isBetween(Scenarios.GRAPHS / 16L, Scenarios.GRAPHS / 8L);
    }

    @Test
    void theSameScenarioComesToTheSameAndAnotherSeedToSomethingElse() {
        Fault fault = new Fault(Kind.KILLED, MIDST, 0);

        Outcome first = Simulation.run(Scenarios.struck(4, fault, 5));

        assertThat(Simulation.run(Scenarios.struck(4, fault, 5))).isEqualTo(first);
        assertThat(Simulation.run(Scenarios.struck(4, fault, 6))).isNotEqualTo(first);
    }

    @Test
    void moreOwnersDoMoreUntilTheDatabaseCannot() {
        // 2 commits per millisecond, 8 per graph; the last graphs wait half a second until they are looked at
        Settings few = Scenarios.settings(2);
        double limit = 2000.0 / 8;
        double least = 0;
        for (int owners : new int[] {1, 2, 4, 8, 16}) {
            Outcome outcome = Simulation.run(Scenarios.calm(owners, few, 1));
            double rate = outcome.pace().graphsPerSecond();
            assertThat(rate).as("%d owners", owners).isBetween(least, limit);
            least = Math.max(least, Math.min(rate, 0.8 * limit));
        }
        Outcome most = Simulation.run(Scenarios.calm(16, few, 1));
        assertThat(most.bottleneck()).isEqualTo("database commits");
        assertThat(most.use().get("cores")).isLessThan(0.5);
        assertThat(most.pace().graphsPerSecond()).isGreaterThan(0.8 * limit);
        assertThat(Simulation.run(Scenarios.calm(1, few, 1)).bottleneck()).isEqualTo("cores");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theGraphsOfAnOwnerThatIsKilledAreTakenOverWithinItsLeaseAndTheTimeForALookAtEach(long seed) {
        Outcome outcome = Simulation.run(Scenarios.struck(4, new Fault(Kind.KILLED, MIDST, 0), seed));

        assertThat(outcome.safety().isGood()).as(outcome.toString()).isTrue();
        assertThat(outcome.work().completed()).isEqualTo(Scenarios.GRAPHS);
        double lease = LEASE / MICROS;
        double renewal = lease / RENEWALS;
        assertThat(outcome.recovery().takeoverSeconds()).isBetween(lease - 2 * renewal, lease + renewal + 0.1);
        // a quarter of all graphs at most, one millisecond each, by three owners beside what else they do
        assertThat(outcome.recovery().lookedSeconds())
                .isBetween(
                        outcome.recovery().takeoverSeconds(), outcome.recovery().takeoverSeconds() + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anOwnerThatStoodStillBeyondItsLeaseWritesNothingAndBeginsNothingOutside(long seed) {
        Outcome outcome = Simulation.run(Scenarios.struck(4, new Fault(Kind.STOPPED, MIDST, 9 * SECOND), seed));

        assertThat(outcome.safety().isGood()).as(outcome.toString()).isTrue();
        assertThat(outcome.work().completed()).isEqualTo(Scenarios.GRAPHS);
        assertThat(outcome.recovery().takeoverSeconds()).isBetween(3.0, 6.1);
    }

    @Test
    void theFenceIsWhatKeepsAFormerOwnerOut() {
        long refused = 0;
        for (long seed = 1; seed <= 10; seed++) {
            refused += Simulation.run(Scenarios.struck(4, new Fault(Kind.STOPPED, MIDST, 9 * SECOND), seed))
                    .safety()
                    .refusedWrites();
        }

        assertThat(refused).isPositive();
    }

    @Test
    void anOwnerThatStoodStillForLessThanItsLeaseGoesOn() {
        Outcome outcome = Simulation.run(Scenarios.struck(4, new Fault(Kind.STOPPED, MIDST, 2 * SECOND), 1));

        assertThat(outcome.safety()).isEqualTo(new Outcome.Safety(0, 0, 0, 0, 0, 0));
        assertThat(outcome.recovery().takeoverSeconds()).isZero();
    }

    @Test
    void anOnlyOwnerThatIsStartedAgainWaitsForItsOwnLease() {
        Outcome outcome = Simulation.run(Scenarios.struck(1, new Fault(Kind.KILLED, MIDST, 2 * SECOND), 1));

        assertThat(outcome.safety().isGood()).as(outcome.toString()).isTrue();
        assertThat(outcome.recovery().takeoverSeconds()).isBetween(3.0, 6.1);
        Scenario hopeless = Scenarios.calm(1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scenario(
                        hopeless.settings(),
                        hopeless.fleet(),
                        1,
                        1,
                        hopeless.load(),
                        Optional.of(new Fault(Kind.KILLED, SECOND, 0)),
                        1));
    }

    @Test
    void severalDatabasesDoMoreThanOneThatCannot() {
        Settings few = Scenarios.settings(1);
        Scenario one = Scenarios.calm(16, few, 1);
        Scenario four = new Scenario(few, one.fleet(), 16, 4, one.load(), Optional.empty(), 1);

        Outcome divided = Simulation.run(four);

        assertThat(divided.safety()).isEqualTo(new Outcome.Safety(0, 0, 0, 0, 0, 0));
        assertThat(divided.pace().graphsPerSecond())
                .isGreaterThan(2 * Simulation.run(one).pace().graphsPerSecond());
    }

    @Test
    void manySlicesDivideARegionThatIsLostAmongManyOwners() {
        Scenario whole = Scenarios.calm(8, 1);
        Scenario.Fleet fleet = whole.fleet();
        Scenario sliced = new Scenario(
                whole.settings(),
                new Scenario.Fleet(
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
