// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import java.net.URI;
import java.time.Duration;

/**
 * The way to one engine: a socket of this machine, TLS, or SSH. It only has to open connections. Two are equal when they lead to the same
 * engine in the same way.
 */
public interface EngineTransport {

    /** Address of the engine, for messages. */
    URI address();

    /**
     * @param answerWithin longest silence of the engine within one answer
     * @param patience the same where it may take longer
     */
    EngineClients open(Duration answerWithin, Duration patience);
}
