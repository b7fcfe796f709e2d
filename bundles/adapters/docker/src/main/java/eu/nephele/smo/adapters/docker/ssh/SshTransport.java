// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ssh;

import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import eu.nephele.smo.adapters.docker.engine.EngineTransport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The way to an engine by SSH: all clients of it share one session, which goes with the last of them. */
public final class SshTransport implements EngineTransport {

    private static final int CONNECTIONS = 32;

    private final SshTarget target;
    private final String system;
    private final Duration connectWithin;
    private Optional<SshForward> present = Optional.empty();
    private int clients;

    /**
     * @param system outside system, for failures
     * @param connectWithin longest time until a connection is there
     */
    public SshTransport(SshTarget target, String system, Duration connectWithin) {
        this.target = target;
        this.system = system;
        this.connectWithin = connectWithin;
    }

    @Override
    public URI address() {
        return URI.create("ssh://%s".formatted(target.address()));
    }

    @Override
    public DockerHttpClient open(Optional<Duration> answerWithin) {
        SshForward forward = taken();
        ApacheDockerHttpClient.Builder builder = new ApacheDockerHttpClient.Builder()
                .dockerHost(URI.create("unix://" + forward.socket()))
                .maxConnections(CONNECTIONS)
                .connectionTimeout(connectWithin);
        answerWithin.ifPresent(builder::responseTimeout);
        return forwarded(builder.build(), forward);
    }

    private synchronized SshForward taken() {
        SshForward forward = present.orElseGet(() -> new SshForward(target, system, connectWithin));
        present = Optional.of(forward);
        clients++;
        return forward;
    }

    private synchronized void returned() {
        clients--;
        if (clients == 0) {
            present.ifPresent(SshForward::close);
            present = Optional.empty();
        }
    }

    /**
     * Says why the machine cannot be reached, where the socket here would only be closed. A proxy, since the compiler cannot read the
     * annotations of the types in the signature.
     */
    private DockerHttpClient forwarded(DockerHttpClient client, SshForward forward) {
        AtomicBoolean closed = new AtomicBoolean();
        return (DockerHttpClient) Proxy.newProxyInstance(
                DockerHttpClient.class.getClassLoader(),
                new Class<?>[] {DockerHttpClient.class},
                (proxy, method, arguments) -> {
                    boolean closes = method.getName().equals("close");
                    if (closes && !closed.compareAndSet(false, true)) {
                        return null;
                    }
                    if (method.getName().equals("execute")) {
                        forward.requireConnected();
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    } finally {
                        if (closes) {
                            returned();
                        }
                    }
                });
    }
}
