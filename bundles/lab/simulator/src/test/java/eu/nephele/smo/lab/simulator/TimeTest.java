// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.START;
import static eu.nephele.smo.lab.simulator.Lab.cluster;
import static eu.nephele.smo.lab.simulator.Lab.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.simulator.Scenario.ScenarioMoment;
import eu.nephele.smo.lab.simulator.WorldAction.DrainCluster;
import eu.nephele.smo.lab.simulator.WorldAction.FailCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RemoveCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RestoreCluster;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeTest {

    private static final List<ScenarioMoment> FAIL_AND_RETURN = List.of(
            new ScenarioMoment(Duration.ofSeconds(20), new RestoreCluster("a")),
            new ScenarioMoment(Duration.ofSeconds(10), new FailCluster("a")));

    @Test
    void makesWhatTheScriptSaysHappenInOrder() {
        Lab lab = scripted(FAIL_AND_RETURN);
        lab.install("web", 1, 1, "a");
        lab.pass(Duration.ofSeconds(9));
        assertThat(lab.ready("web")).isEqualTo(1);
        lab.pass(Duration.ofSeconds(1));
        assertThat(lab.ready("web")).isZero();
        lab.pass(Duration.ofSeconds(11));
        assertThat(lab.ready("web")).isZero();
        lab.pass(Duration.ofSeconds(1));
        assertThat(lab.ready("web")).isEqualTo(1);
    }

    @Test
    void leadsToTheSameWorldWhetherSomebodyLooksOrNot() {
        Lab jumping = scripted(FAIL_AND_RETURN);
        Lab stepping = scripted(FAIL_AND_RETURN);
        jumping.install("web", 3, 1, "a");
        stepping.install("web", 3, 1, "a");

        jumping.pass(Duration.ofSeconds(21));
        for (int i = 0; i < 210; i++) {
            stepping.pass(Duration.ofMillis(100));
            stepping.world.snapshot();
        }

        assertThat(jumping.world.snapshot()).isEqualTo(stepping.world.snapshot());
    }

    @Test
    void goesOnWhenTheScriptWasOvertaken() {
        Lab lab = scripted(List.of(
                new ScenarioMoment(Duration.ofSeconds(1), new DrainCluster("b", 1)),
                new ScenarioMoment(Duration.ofSeconds(2), new FailCluster("a"))));
        lab.world.apply(new RemoveCluster("b"));
        lab.pass(Duration.ofSeconds(3));

        assertThat(lab.inWorld("a").ready()).isFalse();
    }

    @Test
    void simulatedTimeDoesNotGoBack() {
        assertThatIllegalArgumentException().isThrownBy(() -> new VirtualClock(START).advance(Duration.ofMillis(-1)));
    }

    @Test
    void runsFasterByTheFactorAndIsReportedInTheTimeOfTheObservers() {
        AtomicLong nanos = new AtomicLong(77);
        Instant observed = Instant.parse("2030-01-01T00:00:00Z");
        ScaledClock clock = new ScaledClock(START, 60, observed, nanos::get);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));

        assertThat(clock.now()).isEqualTo(START.plusSeconds(600));
        assertThat(clock.outside(clock.now())).isEqualTo(observed.plusSeconds(10));
        assertThat(clock.inside(Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScaledClock(START, 0));
    }

    @Test
    void wakesTheWorldByItselfInRealTime() throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        CountDownLatch down = new CountDownLatch(1);
        Scenario scenario = Scenario.of(Duration.ofSeconds(20), cluster("a", 4))
                .withTimeline(List.of(new ScenarioMoment(Duration.ofSeconds(60), new FailCluster("a"))));
        try (SimulatedFederation world = SimulatedFederation.inRealTime(scenario, 200)) {
            world.runtime().subscribe(ref -> {
                if (world.runtime().observe(List.of(ref)).get(ref).readyReplicas() == 1) {
                    ready.countDown();
                }
            });
            world.clusters().subscribe(down::countDown);
            world.deployer().ensureInstalled(request("web", 1, new Resources(1000, 0, 0, 0), "a"));

            assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(down.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void standsStillForListenersAfterTheWorldIsClosed() {
        SimulatedFederation world =
                SimulatedFederation.inRealTime(Scenario.of(Duration.ofHours(1), cluster("a", 4)), 1);
        world.close();
        world.failCluster("a");

        assertThat(world.clusters().clusters().get(0).ready()).isFalse();
    }

    private static Lab scripted(List<ScenarioMoment> timeline) {
        return new Lab(Scenario.of(Lab.DELAY, cluster("a", 4), cluster("b", 2)).withTimeline(timeline));
    }
}
