// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import java.util.Locale;

/** Chooses by the share of a cluster's capacity that stays free; among equals by the most important cost, then by name. */
public enum FreeShareRule implements PlacementRule {
    /** Fills clusters, so that large gaps stay for large services; known from Kubernetes as {@code MostAllocated}. */
    LEAST(1),
    /** Keeps room on every cluster; known from Kubernetes as {@code LeastAllocated}. */
    MOST(-1);

    private static final double BILLIONTHS_PER_PERCENT = 1e7;

    private final int sign;

    FreeShareRule(int sign) {
        this.sign = sign;
    }

    @Override
    public long score(RuleProgress placed, int item, int cluster) {
        return sign * placed.shareLeft(item, cluster);
    }

    @Override
    public long scoreAmongEquals(RuleProgress placed, int item, int cluster) {
        return placed.cost(item, cluster);
    }

    /** Places by this rule, the largest item first, with reasons against the other clusters. */
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        return RequestProblem.solve(request, read -> place(read, context));
    }

    private PlacementResult place(RequestProblem read, DecisionContext context) {
        PlacementObstacles obstacles = new PlacementObstacles(read);
        return new RuleSearch(read, this, context).inOrder(read.largestFirst(), (placed, item, chosen, other) -> {
            String obstacle = obstacles.obstacle(placed, item, other);
            return obstacle.isEmpty() ? comparison(read, placed, item, chosen, other) : obstacle;
        });
    }

    private static String comparison(RequestProblem read, RuleProgress placed, int item, int chosen, int other) {
        String name = read.request().clusters().get(chosen).id().name();
        long here = placed.shareLeft(item, other);
        long there = placed.shareLeft(item, chosen);
        if (here != there) {
            return String.format(
                    Locale.ROOT,
                    "%.1f %% of its capacity would stay free, %.1f %% of %s",
                    here / BILLIONTHS_PER_PERCENT,
                    there / BILLIONTHS_PER_PERCENT,
                    name);
        }
        String better = placed.cost(item, other) == placed.cost(item, chosen) ? "comes first by name" : "costs less";
        return "as much of its capacity would stay free as of %s, which %s".formatted(name, better);
    }
}
