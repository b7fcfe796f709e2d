// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import com.github.dockerjava.transport.DockerHttpClient;
import java.util.function.UnaryOperator;

/**
 * Clients of one engine, by the longest silence within one answer. They may have their connections in common; closing one of them may
 * close all.
 *
 * @param quick for what an engine answers at once
 * @param patient for what it may take longer for
 * @param streams for what may be silent
 */
public record EngineClients(DockerHttpClient quick, DockerHttpClient patient, DockerHttpClient streams) {

    /** The same, each of them changed. */
    public EngineClients each(UnaryOperator<DockerHttpClient> change) {
        return new EngineClients(change.apply(quick), change.apply(patient), change.apply(streams));
    }
}
