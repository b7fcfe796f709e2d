// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.Optional;

/** Minimises one part of the objective vector while the parts before keep their values, as exactly as a solver does. */
interface ExactProgram {

    /**
     * @param values values that the parts before may not exceed
     * @return the assignment; empty if the solver did not prove it
     */
    Optional<int[]> minimiseLevel(int level, long[] values);

    /**
     * Finds the first cluster for an item among assignments with this objective vector.
     *
     * @param fixed cluster by item, for the items before
     * @return the assignment; empty if the solver did not prove it
     */
    Optional<int[]> minimiseCluster(int item, long[] values, int[] fixed);
}
