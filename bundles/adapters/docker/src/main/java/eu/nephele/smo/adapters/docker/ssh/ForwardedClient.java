// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ssh;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;

/**
 * Says why the machine cannot be reached, where the socket here would only be closed.
 *
 * @param onClose may be called several times
 */
record ForwardedClient(DockerHttpClient client, SshForward forward, Runnable onClose) implements DockerHttpClient {

    @Override
    public Response execute(Request request) {
        forward.requireConnected();
        return client.execute(request);
    }

    @Override
    public void close() throws IOException {
        try {
            client.close();
        } finally {
            onClose.run();
        }
    }
}
