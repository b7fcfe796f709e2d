// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.lab.harness.backtest.ReplayWorld.ServiceCall;
import eu.nephele.smo.lab.harness.backtest.ReplayWorld.WorldService;
import java.util.List;
import java.util.Optional;

/** Bursts at the first of four services that call each other: what the three behind it suffer, with and without a look at their callers. The
 * base is target tracking as it is without parameters. */
final class LinkedBursts {

    private static final String PARAMETERS = "{'links': %s, 'base': {'id': 'threshold'}}";

    private LinkedBursts() {}

    /** @param links whether the demand of callers counts */
    static ReplayFigures behindTheFront(LoadShape bursts, boolean links, ChainFactory chains) {
        StrategyChain chain = chains.chain(
                "predictive", ChosenStrategies.PREDICTIVE, ChainFactory.parameters(PARAMETERS.formatted(links)));
        List<WorldService> services = List.of(
                new WorldService("front", new ServiceProfile(10, 0), Optional.empty()),
                new WorldService("middle", new ServiceProfile(15, 0), Optional.of(new ServiceCall(0, 2))),
                new WorldService("back", new ServiceProfile(8, 0), Optional.of(new ServiceCall(1, 0.5))),
                new WorldService("store", new ServiceProfile(8, 0), Optional.of(new ServiceCall(2, 1.5))));
        List<ReplayFigures> figures =
                new ReplayWorld(bursts, services, chain, chains::forecaster).run((now, made) -> {});
        return figures.get(1).plus(figures.get(2)).plus(figures.get(3));
    }
}
