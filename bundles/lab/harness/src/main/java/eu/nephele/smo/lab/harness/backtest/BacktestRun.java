// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.lab.harness.backtest.BacktestResult.ShapeResult;
import java.util.List;
import java.util.Locale;

/** Runs strategies on loads, several at a time. */
final class BacktestRun {

    private final ChainFactory chains;
    private final ChosenStrategies strategies;

    BacktestRun(ChainFactory chains, ChosenStrategies strategies) {
        this.chains = chains;
        this.strategies = strategies;
    }

    /** @param profile what replicas of the services serve */
    BacktestResult run(List<LoadShape> shapes, ServiceProfile profile, List<String> notes) {
        return new BacktestResult(
                shapes.parallelStream().map(shape -> run(shape, profile)).toList(), notes);
    }

    private ShapeResult run(LoadShape shape, ServiceProfile profile) {
        LoadTrace trace = new LoadTrace(shape);
        return new ShapeResult(shape, strategies.run(new ReplayedLoad(shape, profile), chains, trace), trace);
    }

    /** What the generated load is for beside the strategies: services behind a burst, and the time for forecasts. */
    List<String> figures(LoadShape bursts, int series, long seed) {
        List<ReplayFigures> linked = List.of(true, false).parallelStream()
                .map(links -> LinkedBursts.behindTheFront(bursts, links, chains))
                .toList();
        String behind = String.format(
                Locale.ROOT,
                "three services behind a burst: %.1f minutes above capacity and %.1f replica hours with links, %.1f and %.1f without",
                linked.get(0).violationMinutes(),
                linked.get(0).replicaHours(),
                linked.get(1).violationMinutes(),
                linked.get(1).replicaHours());
        if (series == 0) {
            return List.of(behind);
        }
        ForecastSpeed speed = ForecastSpeed.measure(chains.forecaster("seasonal"), series, seed);
        return List.of(
                behind,
                String.format(
                        Locale.ROOT,
                        "%d series forecast anew in %.1f s (%.1f s of one processor)",
                        speed.series(),
                        speed.seconds(),
                        speed.processorSeconds()));
    }
}
