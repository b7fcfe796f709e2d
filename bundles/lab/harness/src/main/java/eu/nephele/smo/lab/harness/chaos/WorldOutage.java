// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;

/**
 * An outage of an outside system that ends.
 *
 * @param emptiesCluster whether services have to leave a cluster when it lasts
 * @param end does nothing when it has not begun
 */
record WorldOutage(String what, boolean emptiesCluster, Act begin, Act end) {

    @FunctionalInterface
    interface Act {
        void happen() throws IOException, InterruptedException;
    }
}
