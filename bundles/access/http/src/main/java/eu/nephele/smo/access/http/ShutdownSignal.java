// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import java.time.Duration;

/** Says when the interface goes, or is about to be made anew, so that nobody waits in it any longer. */
public interface ShutdownSignal {

    boolean isEnding();

    /** Sleeps, unless the interface goes. */
    void pause(Duration atMost);
}
