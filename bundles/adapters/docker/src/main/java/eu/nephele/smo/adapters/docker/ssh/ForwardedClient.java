// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ssh;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says why the machine cannot be reached, where the socket here would only be closed. */
final class ForwardedClient implements DockerHttpClient {

    private final DockerHttpClient client;
    private final SshForward forward;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param onClose called once */
    ForwardedClient(DockerHttpClient client, SshForward forward, Runnable onClose) {
        this.client = client;
        this.forward = forward;
        this.onClose = onClose;
    }

    @Override
    public Response execute(Request request) {
        forward.requireConnected();
        return client.execute(request);
    }

    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            client.close();
        } finally {
            onClose.run();
        }
    }
}
