// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scaling;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.List;

/**
 * A scaling request on one cluster as a placement problem, for solvers of those: each replica that a service may have is an item that
 * either runs or not, which are two clusters. Since the cost of a service is convex, its cheapest replicas are the first ones. Maxima
 * divide 120, so costs are whole numbers of {@link #PER_COST} each.
 */
final class UnitPlacement {

    /** Units that a cost of 1 has. */
    static final long PER_COST = 600;

    private static final int RUNS = 0;
    private static final int RUNS_NOT = 1;
    private static final int CLUSTERS = 2;

    private UnitPlacement() {}

    private record ItemCosts(List<long[]> byItem) implements Costs {

        @Override
        public long assign(int service, int cluster) {
            return byItem.get(service)[cluster] * MICROS;
        }

        @Override
        public long open(int cluster) {
            return 0;
        }

        @Override
        public long distance(int from, int to) {
            return 0;
        }
    }

    static PlacementRequest of(ScalingRequest request) {
        List<PlacementService> items = new ArrayList<>();
        List<long[]> costs = new ArrayList<>();
        List<Integer> needed = new ArrayList<>();
        Resources all = Resources.NONE;
        for (ScalingTarget target : request.targets()) {
            int least = least(target);
            for (int replica = 1; replica <= target.maxReplicas(); replica++) {
                if (replica <= least) {
                    needed.add(items.size());
                }
                items.add(new PlacementService("s%05d".formatted(items.size()), target.perReplica(), 1, 1));
                costs.add(costs(target, replica <= target.replicas()));
                all = all.plus(target.perReplica());
            }
        }
        PlacementRequestBuilder problem = new PlacementRequestBuilder(
                new GraphId("benchmark", "g"),
                DecisionReason.DEPLOY,
                items,
                List.of(
                        ClusterCapacity.of(
                                new ClusterId("benchmark", "runs"),
                                request.clusters().get(0).free()),
                        ClusterCapacity.of(new ClusterId("benchmark", "runs-not"), all)));
        needed.forEach(item -> problem.forbid(item, RUNS_NOT, "needed"));
        return problem.build().withCosts(List.of(new ItemCosts(costs)));
    }

    private static int least(ScalingTarget target) {
        int least = target.minReplicas();
        while (!ScalingDecision.serves(target, least)) {
            least++;
        }
        return least;
    }

    /** @param present whether the replica runs at present */
    private static long[] costs(ScalingTarget target, boolean present) {
        double unit = (double) PER_COST / target.maxReplicas();
        long[] costs = new long[CLUSTERS];
        costs[RUNS] = Math.round(unit * (MeasuredScaler.USE + (present ? 0 : MeasuredScaler.CHANGE)));
        costs[RUNS_NOT] = Math.round(unit * (present ? MeasuredScaler.CHANGE : 0));
        return costs;
    }
}
