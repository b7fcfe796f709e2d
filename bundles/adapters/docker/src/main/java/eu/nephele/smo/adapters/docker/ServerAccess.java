// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import eu.nephele.smo.adapters.docker.engine.ContainerEngine;
import eu.nephele.smo.adapters.docker.engine.DockerJavaEngine;
import eu.nephele.smo.adapters.docker.engine.EngineTransport;
import eu.nephele.smo.adapters.docker.server.ServerSettings;
import java.time.Duration;

/**
 * A server as it is configured, and the way to its engine. Two that are equal are the same server, reached in the same way.
 *
 * @param timeout longest silence of the engine within one answer
 */
record ServerAccess(ServerSettings settings, EngineTransport transport, Duration timeout) {

    /** A new connection; the caller closes it. */
    ContainerEngine connect() {
        return new DockerJavaEngine(settings.name(), transport, timeout);
    }
}
