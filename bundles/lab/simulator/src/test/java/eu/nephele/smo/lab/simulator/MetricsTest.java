// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.START;
import static eu.nephele.smo.lab.simulator.Lab.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.lab.simulator.LoadProfile.Level;
import eu.nephele.smo.lab.simulator.LoadProfile.Sine;
import eu.nephele.smo.lab.simulator.LoadProfile.Steps;
import eu.nephele.smo.lab.simulator.WorldAction.SetLoad;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final Lab lab = new Lab();

    @BeforeEach
    void oneServiceRuns() {
        lab.install("web", 1, 1, "a");
        lab.passStartup();
    }

    @Test
    void showTheLoadOfAService() {
        lab.world.setLoad("web", 12);
        assertThat(rate("web")).contains(12.0);
        lab.world.setLoad("web", 40);
        assertThat(rate("web")).contains(40.0);
    }

    @Test
    void preferTheMostSpecificLoad() {
        lab.world.setLoad("*", 1);
        assertThat(rate("web")).contains(1.0);
        lab.world.setLoad("web", 2);
        assertThat(rate("web")).contains(2.0);
        lab.world.setLoad("p/web", 3);
        assertThat(rate("web")).contains(3.0);
        lab.world.setLoad("p/g/web", 4);
        assertThat(rate("web")).contains(4.0);
        lab.world.setLoad("other/web", 5);
        assertThat(rate("web")).contains(4.0);
    }

    @Test
    void areMissingWithoutReplicaWithoutLoadAndInAnOutageWhichIsNotZero() {
        assertThat(rate("web")).isEmpty();
        lab.world.setLoad("*", 7);
        assertThat(rate("ghost")).isEmpty();
        lab.install("slow", 1, 1, "a");
        assertThat(rate("slow")).isEmpty();
        lab.passStartup();
        assertThat(rate("slow")).contains(7.0);
        lab.world.begin(Outage.METRICS);
        assertThat(rate("web")).isEmpty();
        lab.world.end(Outage.METRICS);
        assertThat(rate("web")).contains(7.0);
        lab.world.failCluster("a");
        assertThat(rate("web")).isEmpty();
        assertThat(value("latency", "web")).isEmpty();
    }

    @Test
    void showCpuThatGrowsWithTheLoadUpToWhatTheReplicasHave() {
        lab.world.setLoad("web", 10);
        assertThat(value(MetricQuery.CPU_CORES, "web")).contains(0.5);
        lab.world.setLoad("web", 1000);
        assertThat(value(MetricQuery.CPU_CORES, "web")).contains(1.0);
    }

    @Test
    void followStepsFromTheTimeTheyWereSet() {
        lab.world.apply(new SetLoad(
                "web", new Steps(List.of(new Level(Duration.ZERO, 5), new Level(Duration.ofSeconds(60), 50)))));
        assertThat(rate("web")).contains(5.0);
        lab.pass(Duration.ofSeconds(59));
        assertThat(rate("web")).contains(5.0);
        lab.pass(Duration.ofSeconds(1));
        assertThat(rate("web")).contains(50.0);
    }

    @Test
    void swingAroundTheMeanAndNeverBelowZero() {
        lab.world.apply(new SetLoad("web", new Sine(10, 30, Duration.ofSeconds(400))));
        assertThat(rate("web")).contains(10.0);
        lab.pass(Duration.ofSeconds(100));
        assertThat(rate("web").orElseThrow()).isCloseTo(40, within(1e-9));
        lab.pass(Duration.ofSeconds(200));
        assertThat(rate("web")).contains(0.0);
    }

    @Test
    void rememberThePastSinceTheReleaseExists() {
        lab.world.setLoad("web", 1);
        lab.pass(Duration.ofSeconds(10));
        lab.world.setLoad("web", 9);
        lab.pass(Duration.ofSeconds(10));
        MetricQuery query = query(MetricQuery.REQUEST_RATE, "web");

        assertThat(lab.world.metrics().range(List.of(query), Duration.ofSeconds(30), Duration.ofSeconds(10)))
                .containsOnlyKeys(query)
                .containsEntry(
                        query,
                        List.of(new LoadPoint(START.plusSeconds(10), 1), new LoadPoint(START.plusSeconds(20), 9)));
    }

    @Test
    void refuseHistoriesWithoutAStep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lab.world.metrics().range(List.of(), Duration.ofSeconds(1), Duration.ZERO));
    }

    @Test
    void refuseLoadsThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> lab.world.setLoad("web", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> lab.world.setLoad("web", Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Steps(List.of(new Level(Duration.ZERO, 1), new Level(Duration.ZERO, 2))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sine(1, 1, Duration.ZERO));
    }

    private Optional<Double> rate(String service) {
        return value(MetricQuery.REQUEST_RATE, service);
    }

    private Optional<Double> value(String metric, String service) {
        MetricQuery query = query(metric, service);
        return Optional.ofNullable(lab.world.metrics().instant(List.of(query)).get(query));
    }

    private static MetricQuery query(String metric, String service) {
        return new MetricQuery(metric, ref(service), Duration.ofSeconds(5), Optional.empty());
    }
}
