// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.lab.simulator.AlertTiming;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.List;

/** Runs the same day once for each set of strategies, side by side: each has a world, a clock and strategies of its own. */
final class EnergyRun {

    /** From one look at the load to the next one, and from a decision until the world has followed it. */
    static final Duration STEP = Duration.ofMinutes(10);

    private static final double NANOS = 1e9;

    private final EnergyOptions options;
    private final DayStrategies installed;
    private final ThreeRegions regions;

    EnergyRun(EnergyOptions options, DayStrategies strategies) {
        this.options = options;
        this.installed = strategies;
        this.regions = new ThreeRegions(options.graphs(), options.services(), options.seed());
    }

    ThreeRegions regions() {
        return regions;
    }

    EnergyResult run() {
        long start = System.nanoTime();
        List<DayResult> days = options.sets().parallelStream().map(this::day).toList();
        return new EnergyResult(options, regions, days, (System.nanoTime() - start) / NANOS);
    }

    private DayResult day(StrategySet set) {
        // no graph of the day has alert rules
        Scenario scenario = regions.scenario().withAlerting(new AlertTiming(STEP, Duration.ZERO, STEP, STEP, true));
        VirtualDay day = new VirtualDay(scenario.startsAt());
        DayJudge judge = new DayJudge(scenario);
        try (SimulatedFederation world = SimulatedFederation.inVirtualTime(scenario, day.world());
                StrategyModule strategies = installed.create(day)) {
            DayEngine engine = new DayEngine(day, world, strategies, STEP);
            GraphDescriptors descriptors = new GraphDescriptors(set.selection());
            regions.graphs().forEach(graph -> engine.deploy(graph, descriptors.declare(graph)));
            while (day.elapsed().compareTo(ThreeRegions.DAY) < 0) {
                judge.observe(engine.seen(), day.elapsed(), STEP);
                day.advance(STEP);
                engine.step();
            }
        }
        return judge.result(set.name());
    }
}
