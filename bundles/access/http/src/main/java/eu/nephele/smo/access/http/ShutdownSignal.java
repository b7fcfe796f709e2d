// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import java.time.Duration;

/** Signals that the REST API stops or is about to be renewed, so that waiting calls end. */
public interface ShutdownSignal {

    boolean isEnding();

    /** Sleeps, unless the REST API stops. */
    void pause(Duration atMost);
}
