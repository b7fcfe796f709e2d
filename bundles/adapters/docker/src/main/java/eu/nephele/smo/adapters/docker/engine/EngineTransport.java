// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import com.github.dockerjava.transport.DockerHttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The way to one engine: a socket of this machine, TLS, or SSH. It only has to open connections. Two are equal when they lead to the same
 * engine in the same way.
 */
public interface EngineTransport {

    /** Address of the engine, for messages. */
    URI address();

    /** @param answerWithin longest silence of the engine within one answer; empty for streams, which may be silent */
    DockerHttpClient open(Optional<Duration> answerWithin);
}
