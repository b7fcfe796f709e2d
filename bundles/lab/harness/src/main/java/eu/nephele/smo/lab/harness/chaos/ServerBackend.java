// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.net.URI;

interface ServerBackend {

    URI url();

    /** Returns whether it is ready and not being hit. */
    boolean isServing();

    /** Number of hits: failures during a hit are intended. */
    int hits();

    /** Starts it again when it ended without a hit. */
    void tend() throws IOException;
}
