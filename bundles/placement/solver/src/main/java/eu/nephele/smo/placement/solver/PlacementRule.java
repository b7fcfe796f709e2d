// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

/** How a rule compares the clusters that admit an item; the cluster with the least score is chosen, among equals the first by name. */
public interface PlacementRule {

    /** Returns the score, the less the better, of the item on the cluster beside the placed items. */
    long score(RuleProgress placed, int item, int cluster);

    /** Returns what decides among clusters with equal scores, the less the better. */
    long scoreAmongEquals(RuleProgress placed, int item, int cluster);
}
