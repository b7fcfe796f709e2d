// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.Fleet;
import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.InjectedFault;
import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.Load;
import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.Spread;
import eu.nephele.smo.lab.harness.scale.model.ScaleSettings.DatabaseSettings;
import eu.nephele.smo.lab.harness.scale.model.ScaleSettings.LeaseSettings;
import eu.nephele.smo.lab.harness.scale.model.ScaleSettings.OwnerSettings;
import eu.nephele.smo.lab.harness.scale.model.ScaleSettings.StationCosts;
import eu.nephele.smo.lab.harness.scale.model.ScaleSettings.WorldSettings;
import java.util.Optional;

/** Small scenarios with round figures: a graph costs 20 ms of processor time, and 10 ms per call. */
final class Scenarios {

    static final long SECOND = 1_000_000;
    static final long LEASE = 5 * SECOND;
    static final int RENEWALS = 5;
    static final int GRAPHS = 800;

    private Scenarios() {}

    /** @param largestGroup commits per millisecond that the database can do */
    static ScaleSettings settings(int largestGroup) {
        return new ScaleSettings(
                new OwnerSettings(2, 16, 16),
                new StationCosts(2_000, 2_000, 10, 2_000, 2_000, 1_000, new ScaleSettings.Steady(100, 100)),
                new DatabaseSettings(64, 100, 1_000, largestGroup, 200, 8),
                new WorldSettings(10_000, 100_000, 500_000, SECOND),
                new LeaseSettings(LEASE, RENEWALS));
    }

    static Fleet fleet(int graphs) {
        return new Fleet(graphs, 4, 320, 16, 1, new Spread(0.2, 0.5, 2, 2, false));
    }

    static ScaleScenario calm(int owners, long seed) {
        return calm(owners, settings(1000), seed);
    }

    static ScaleScenario calm(int owners, ScaleSettings settings, long seed) {
        return new ScaleScenario(
                settings, fleet(GRAPHS), owners, 1, new Load.ClosedLoopLoad(16 * owners), Optional.empty(), seed);
    }

    /** Graphs come over some twenty seconds. */
    static ScaleScenario struck(int owners, InjectedFault fault, long seed) {
        return new ScaleScenario(
                settings(1000),
                fleet(GRAPHS),
                owners,
                1,
                new Load.OpenLoopLoad(30, 50, 5 * SECOND),
                Optional.of(fault),
                seed);
    }
}
