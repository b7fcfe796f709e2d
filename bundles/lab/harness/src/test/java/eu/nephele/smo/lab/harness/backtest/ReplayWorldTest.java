// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.lab.harness.backtest.ReplayWorld.ServiceCall;
import eu.nephele.smo.lab.harness.backtest.ReplayWorld.WorldService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

class ReplayWorldTest {

    private static final ServiceProfile TEN_EACH = new ServiceProfile(10, 0);
    private static final Instant BEGIN = Instant.parse("2026-01-05T00:00:00Z");

    /** 10/s for five minutes, then 40/s; each step is half a minute. */
    private static LoadShape step(int steps) {
        double[] load = new double[steps];
        Arrays.fill(load, 10);
        Arrays.fill(load, 10, steps, 40);
        return new LoadShape("step", false, BEGIN, load);
    }

    private static StrategyChain chain(ToIntFunction<ScalingTarget> rule) {
        ScalingStrategy strategy = new ScalingStrategy() {
            @Override
            public ScalingResult scale(ScalingRequest request, DecisionContext context) {
                return new ScalingResult(request.targets().stream()
                        .<Answer>map(target -> new Replicas(rule.applyAsInt(target), "rule"))
                        .toList());
            }
        };
        return new StrategyChain("rule", strategy, new NoParameters(), Optional.empty());
    }

    private static ReplayWorld world(LoadShape shape, StrategyChain chain, WorldService... services) {
        return new ReplayWorld(shape, List.of(services), chain, id -> {
            throw new AssertionError("no forecaster is wanted");
        });
    }

    private static WorldService front() {
        return new WorldService("a", TEN_EACH, Optional.empty());
    }

    /** Demand of a minute, rounded up. */
    private static int needed(ScalingTarget target) {
        return (int) Math.ceil(target.demandPerSecond().orElseThrow() / 10);
    }

    @Test
    void replicasServeSixtySecondsAfterTheDecisionForThem() {
        ReplayWorld world = world(step(30), chain(ReplayWorldTest::needed), front());
        ReplayFigures figures = world.run((now, forecasts) -> {}).get(0);

        // the rise is at step 10; seen with half its size at step 11, whole at step 12; ready at 13 and 14
        assertThat(world.capacities(0)).startsWith(20, 10, 10);
        assertThat(Arrays.copyOfRange(world.capacities(0), 9, 16)).containsExactly(10, 10, 10, 10, 30, 40, 40);
        assertThat(figures.violationMinutes()).isEqualTo(2);
        assertThat(figures.changes()).isEqualTo(3);
        // two replicas for a step, one until step 10, three at step 11, four from 12 on
        assertThat(figures.replicaHours()).isCloseTo((2 + 10 + 3 + 18 * 4) / 120.0, within(1e-9));
    }

    @Test
    void replicasThatDoNotServeYetGoFirstAndAtOnce() {
        List<Integer> wanted = List.of(1, 5, 1, 3, 3, 3, 3, 3, 3, 3);
        List<Integer> left = new ArrayList<>(wanted);
        LoadShape flat = new LoadShape("flat", false, BEGIN, new double[11]);
        ReplayWorld world = world(flat, chain(target -> left.remove(0)), front());
        world.run((now, forecasts) -> {});

        assertThat(world.capacities(0)).containsExactly(10, 10, 10, 10, 10, 10, 30, 30, 30, 30, 30);
    }

    /** Nobody sends on what he cannot serve. */
    @Test
    void anOverloadedServicePassesOnOnlyWhatItServes() {
        List<Double> behind = new ArrayList<>();
        ReplayWorld world = world(
                step(40),
                chain(target -> {
                    if (target.service().equals("b")) {
                        behind.add(target.demandPerSecond().orElseThrow());
                    }
                    return target.service().equals("a") ? 2 : 100;
                }),
                front(),
                new WorldService("b", TEN_EACH, Optional.of(new ServiceCall(0, 3))));
        List<ReplayFigures> figures = world.run((now, forecasts) -> {});

        assertThat(behind.get(5)).isEqualTo(30);
        assertThat(behind.get(38)).isEqualTo(60);
        assertThat(figures.get(0).violationMinutes()).isEqualTo(15);
        assertThat(figures.get(1).violationMinutes()).isZero();
    }

    @Test
    void theServerShowsMinutesAndQuartersOfAnHour() {
        double[] load = new double[LoadShape.STEPS_PER_DAY];
        for (int i = 0; i < load.length; i++) {
            load[i] = i;
        }
        ReplayedService service = new ReplayedService("a", TEN_EACH, BEGIN, load.length, 1);
        for (double each : load) {
            service.serve(each, 10);
        }
        assertThat(service.recent(Duration.ofHours(3)).size()).isEqualTo(180);
        assertThat(service.recent(Duration.ofHours(3)).at(179)).isEqualTo(BEGIN.plus(Duration.ofDays(1)));
        assertThat(service.recent(Duration.ofHours(3)).value(179)).isEqualTo(load.length - 1.5);
        assertThat(service.seasons().size()).isEqualTo(96);
        assertThat(service.seasons().value(0)).isEqualTo(14.5);
        assertThat(service.seasons().at(0)).isEqualTo(BEGIN.plus(Duration.ofMinutes(15)));
        assertThat(service.measured()).hasValue(load.length - 1.5);
    }
}
