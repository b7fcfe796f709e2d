// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Disturbance of a running server while clients change graphs, instead of a kill. */
@FunctionalInterface
public interface Disturbance {

    /**
     * Causes it once and waits until it is over.
     *
     * @param number from 1
     * @throws IOException when that fails; the run ends
     */
    void disturb(URI server, Path data, int number) throws IOException, InterruptedException;
}
