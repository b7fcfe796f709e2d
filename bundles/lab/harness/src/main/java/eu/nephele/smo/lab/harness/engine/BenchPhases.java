// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.util.List;

final class BenchPhases {

    static final String DEPLOY = "deploy";
    static final String REMOVE = "remove";

    private BenchPhases() {}

    static List<BenchPhase> all() {
        return List.of(
                BenchChange.deploy(),
                new SteadyPhase(),
                BenchChange.update(),
                new LoadWavePhase(),
                ReadPhase.explain(),
                ReadPhase.get(),
                ReadPhase.page(),
                new OpenLoopPhase(),
                new MixedReadsPhase(),
                new CrowdPhase(),
                new WatchingPhase(),
                new BrowserPhase(),
                new BurstPhase(),
                new TimerPhase(),
                new DeliveryPhase(),
                new OverloadPhase(),
                new ClusterLossPhase(),
                new RestartPhase(),
                BenchChange.remove(),
                new DiskSpacePhase());
    }

    static List<String> names() {
        return all().stream().map(BenchPhase::name).toList();
    }
}
