// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

/** Chooses the cluster where the item adds least to the most important cost; among equals the one of which this decision uses most CPU. */
public final class LeastCostRule implements PlacementRule {

    @Override
    public long score(RuleProgress placed, int item, int cluster) {
        return placed.cost(item, cluster);
    }

    @Override
    public long scoreAmongEquals(RuleProgress placed, int item, int cluster) {
        return -placed.usedCpuMillis(cluster);
    }
}
