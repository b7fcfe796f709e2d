// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.consolidate;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.placement.solver.PreferredLevel;
import eu.nephele.smo.placement.solver.RequestProblem;

/**
 * What counts before the costs of the request: clusters that are switched on for this decision, and their carbon emissions. These are
 * the power of the requested cores, {@code (peak − idle) / cores of the cluster} each, and the idle power of clusters that are switched
 * on, times the carbon intensity of their electricity: W × g/kWh are mg CO2eq per hour.
 */
final class GreenLevels {

    /** Of one busy core where the power of a cluster is unknown. */
    private static final double FALLBACK_WATTS_PER_CORE = 5;

    private static final double MILLIS_PER_CORE = 1000;

    private final RequestProblem read;
    private final PlacementRequest request;
    private final int clusters;

    GreenLevels(RequestProblem read) {
        this.read = read;
        this.request = read.request();
        this.clusters = request.clusters().size();
    }

    /** One for each cluster on which nothing runs beside the services of this decision. */
    PreferredLevel opened() {
        long[] open = new long[clusters];
        for (int c = 0; c < clusters; c++) {
            open[c] = isOn(request.clusters().get(c)) ? 0 : 1;
        }
        return new PreferredLevel(new long[read.problem().items() * clusters], open);
    }

    /** What is free counts the services of this decision as gone: what is missing then belongs to others. */
    private static boolean isOn(ClusterCapacity cluster) {
        return cluster.occupied() || !cluster.allocatable().fitsInto(cluster.free());
    }

    /** In mg CO2eq per hour; nothing where no cluster tells its carbon intensity. */
    PreferredLevel carbon() {
        double[] gramsPerKwh = gramsPerKwh();
        long[] open = new long[clusters];
        long[] unary = new long[read.problem().items() * clusters];
        for (int c = 0; c < clusters; c++) {
            ClusterCapacity cluster = request.clusters().get(c);
            double perCore = wattsPerCore(cluster) * gramsPerKwh[c];
            open[c] = isOn(cluster) ? 0 : Math.round(cluster.energy().idleWatts() * gramsPerKwh[c]);
            for (int item = 0; item < read.problem().items(); item++) {
                unary[item * clusters + c] =
                        Math.round(perCore * read.demand(item).cpuMillis() / MILLIS_PER_CORE);
            }
        }
        return new PreferredLevel(unary, open);
    }

    /** A cluster that tells nothing counts as the dirtiest known one, so that missing data is no advantage. */
    private double[] gramsPerKwh() {
        double dirtiest = request.clusters().stream()
                .mapToDouble(cluster -> cluster.signals().carbonGramsPerKwh().orElse(0))
                .max()
                .orElse(0);
        return request.clusters().stream()
                .mapToDouble(cluster -> cluster.signals().carbonGramsPerKwh().orElse(dirtiest))
                .toArray();
    }

    private static double wattsPerCore(ClusterCapacity cluster) {
        return cluster.energy().wattsPerCore(cluster.allocatable().cpuMillis()).orElse(FALLBACK_WATTS_PER_CORE);
    }
}
