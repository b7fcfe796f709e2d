// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import java.io.IOException;
import java.net.URI;

/** A server behind a balancer. */
interface ServerBackend {

    URI url();

    /** Returns whether it is ready, and nobody hits it. */
    boolean isServing();

    /** How often it was hit: what has failed meanwhile was meant. */
    int hits();

    /** Starts it again when it has ended and nobody has hit it. */
    void tend() throws IOException;
}
