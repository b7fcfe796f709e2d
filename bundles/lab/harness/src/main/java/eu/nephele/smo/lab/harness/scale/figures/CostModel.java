// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.figures;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Processor time per graph, as measured by the benchmark: {@code warmUp + graphs * (perGraph + perService * services + perPair
 * * services * clusters)} milliseconds of the server, fitted to the runs with the embedded database.
 *
 * @param warmUpMillis cost once per run: classes, compilation
 * @param perPairMillis of each pair of a service and a cluster
 * @param lookMillis of the first pass of each graph after a start, of a cold server
 * @param postgresqlShare cost of the server with a PostgreSQL, as a share of its cost with the embedded database; without
 *     the processor time of the PostgreSQL itself
 */
public record CostModel(
        double warmUpMillis,
        double perGraphMillis,
        double perServiceMillis,
        double perPairMillis,
        double lookMillis,
        Steady steady,
        double postgresqlShare) {

    /**
     * Processor time that is used in each second.
     *
     * @param idleMillis by a server without graphs and clusters
     * @param perGraphMillis by each graph that runs: drift every 60 s, scaling every 30 s
     */
    public record Steady(double idleMillis, double perGraphMillis, double perClusterMillis) {

        static final Steady NOTHING = new Steady(0, 0, 0);
    }

    /** One percent of a core, in each second. */
    private static final double MILLIS_PER_PERCENT = 10;

    /** With the embedded database. */
    public static final int FEWEST_RUNS = 3;

    /** @throws IllegalArgumentException with a message for people when there are not enough runs */
    public static CostModel from(List<EngineRunResult> runs) {
        List<EngineRunResult> embedded =
                runs.stream().filter(run -> !run.postgresql()).toList();
        if (embedded.size() < FEWEST_RUNS) {
            throw new IllegalArgumentException(
                    "%d runs with the embedded database; the costs take %d with different sizes at least"
                            .formatted(embedded.size(), FEWEST_RUNS));
        }
        double[] fitted = fit(embedded, CostModel::row, EngineRunResult::deployCpuMillis);
        double[] looks = fit(
                embedded,
                size -> new double[] {1, size.graphs()},
                run -> run.figure("/restart/cpuMillisPerGraph") * run.size().graphs());
        double[] steady = fit(
                embedded,
                size -> new double[] {1, size.graphs(), size.clusters()},
                run -> run.figure("/steady/percentOfACore") * MILLIS_PER_PERCENT);
        CostModel model = new CostModel(
                fitted[0], fitted[1], fitted[2], fitted[3], looks[1], new Steady(steady[0], steady[1], steady[2]), 1);
        double share = runs.stream()
                .filter(EngineRunResult::postgresql)
                .mapToDouble(run -> run.deployCpuMillis() / model.deployMillis(run.size()))
                .average()
                .orElse(1);
        return model.withPostgresql(share);
    }

    private static double[] fit(
            List<EngineRunResult> runs,
            Function<EngineRunResult.Size, double[]> row,
            ToDoubleFunction<EngineRunResult> measured) {
        return LeastSquares.fit(
                runs.stream().map(EngineRunResult::size).map(row).toArray(double[][]::new),
                runs.stream().mapToDouble(measured).toArray());
    }

    private CostModel withPostgresql(double share) {
        return new CostModel(warmUpMillis, perGraphMillis, perServiceMillis, perPairMillis, lookMillis, steady, share);
    }

    public static CostModel flat(double perGraphMillis) {
        return new CostModel(0, perGraphMillis, 0, 0, 0, Steady.NOTHING, 1);
    }

    private static double[] row(EngineRunResult.Size size) {
        double graphs = size.graphs();
        return new double[] {1, graphs, graphs * size.services(), graphs * size.services() * size.clusters()};
    }

    /** Of all graphs of a run with the embedded database, the warm-up included. */
    public double deployMillis(EngineRunResult.Size size) {
        return warmUpMillis + size.graphs() * graphMillis(size.services(), size.clusters());
    }

    /** Of one graph whose decision looks at so many clusters, with the embedded database, by a server that is warm. */
    public double graphMillis(int services, double clusters) {
        return perGraphMillis + perServiceMillis * services + perPairMillis * services * clusters;
    }
}
