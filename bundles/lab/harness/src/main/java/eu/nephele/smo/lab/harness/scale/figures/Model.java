// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.figures;

import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.Fleet;
import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.Spread;
import eu.nephele.smo.lab.harness.scale.model.ScaleSettings;
import eu.nephele.smo.lab.harness.scale.model.ScaleSettings.DatabaseSettings;
import eu.nephele.smo.lab.harness.scale.model.ScaleSettings.LeaseSettings;
import eu.nephele.smo.lab.harness.scale.model.ScaleSettings.OwnerSettings;
import eu.nephele.smo.lab.harness.scale.model.ScaleSettings.StationCosts;
import eu.nephele.smo.lab.harness.scale.model.ScaleSettings.Steady;
import eu.nephele.smo.lab.harness.scale.model.ScaleSettings.WorldSettings;

/** Input of the simulation, derived from all figures. */
public record Model(CostModel costs, ModelParameters parameters) {

    private static final int MILLI = 1000;

    /** A server beside a PostgreSQL, which several owners need. */
    public ScaleSettings settings() {
        return new ScaleSettings(owner(), costs(costs.postgresqlShare()), database(), world(), lease());
    }

    /** A server with its embedded database, whose cost is part of the server's processor time. */
    public ScaleSettings embedded() {
        DatabaseSettings own = new DatabaseSettings(
                Math.max(1, parameters.whole("ownerCores")),
                0,
                parameters.micros("flushMillis"),
                parameters.whole("commitsPerFlush"),
                0,
                parameters.whole("commitsPerGraph"));
        return new ScaleSettings(owner(), costs(1), own, world(), lease());
    }

    private OwnerSettings owner() {
        return new OwnerSettings(
                parameters.whole("ownerCores"), parameters.whole("workers"), parameters.whole("adapterCalls"));
    }

    private StationCosts costs(double ofEmbedded) {
        double share = ofEmbedded * parameters.value("costFactor");
        double graph = costs.perGraphMillis() * MILLI * share;
        double accept = graph * parameters.value("acceptShare");
        double decide = graph * parameters.value("decideShare");
        return new StationCosts(
                Math.round(accept),
                Math.round(decide),
                costs.perPairMillis() * MILLI * share,
                Math.round(costs.perServiceMillis() * MILLI * share),
                Math.round(Math.max(0, graph - accept - decide)),
                Math.round(costs.lookMillis() * MILLI * share),
                new Steady(
                        costs.steady().perGraphMillis() * MILLI * share,
                        costs.steady().perClusterMillis() * MILLI * share));
    }

    private DatabaseSettings database() {
        int commits = parameters.whole("commitsPerGraph");
        return new DatabaseSettings(
                parameters.whole("databaseCores"),
                parameters.micros("databaseCpuMillisPerGraph") / commits,
                parameters.micros("flushMillis"),
                parameters.whole("commitsPerFlush"),
                parameters.micros("rowHoldMillis"),
                commits);
    }

    private WorldSettings world() {
        return new WorldSettings(
                parameters.micros("callMillis"),
                parameters.micros("startMillis"),
                parameters.micros("pollMillis"),
                parameters.micros("retrySeconds") * MILLI);
    }

    private LeaseSettings lease() {
        return new LeaseSettings(parameters.micros("leaseSeconds") * MILLI, parameters.whole("renewals"));
    }

    /** @param wholeView whether a decision considers the clusters of all regions */
    public Fleet fleet(int graphs, int services, int clusters, boolean wholeView) {
        return new Fleet(
                graphs,
                services,
                clusters,
                Math.min(clusters, parameters.whole("regions")),
                parameters.whole("slices"),
                new Spread(
                        parameters.value("crossShare"),
                        parameters.value("hotShare"),
                        parameters.whole("clustersPerGraph"),
                        parameters.value("room"),
                        wholeView));
    }

    /** Until an owner that has ended is started again, in microseconds. */
    public long restartMicros() {
        return parameters.micros("restartSeconds") * MILLI;
    }
}
