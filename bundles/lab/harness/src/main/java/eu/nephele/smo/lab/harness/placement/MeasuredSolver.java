// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import java.io.IOException;

/** What is measured: a strategy, or a program of somebody else. */
interface MeasuredSolver {

    /**
     * Solves an instance. What goes wrong in the solver is a row with the reason.
     *
     * @param readSeconds that the instance took to be read
     * @throws IOException if the run itself could not be set up
     */
    PlacementRow run(Instance instance, double readSeconds) throws IOException, InterruptedException;
}
