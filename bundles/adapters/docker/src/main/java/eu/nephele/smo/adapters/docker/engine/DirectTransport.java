// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A socket of this machine ({@code unix:///PATH}), or TCP: with TLS, and without only on this machine.
 *
 * @param certificates of client and authority; empty for none
 * @param connectWithin longest time until a connection is there
 */
public record DirectTransport(URI address, Optional<EngineCertificates> certificates, Duration connectWithin)
        implements EngineTransport {

    private static final int CONNECTIONS = 64;

    /** @throws IllegalArgumentException if the address is none, or would send commands in clear over a network */
    public DirectTransport {
        String scheme = String.valueOf(address.getScheme());
        switch (scheme) {
            case "unix" ->
                require(address.getPath() != null && address.getPath().startsWith("/"), address, "unix:///PATH");
            case "tcp" -> {
                require(address.getHost() != null && address.getPort() > 0, address, "tcp://HOST:PORT");
                require(
                        certificates.isPresent() || isLoopback(address.getHost()),
                        address,
                        "certificates for a server that is not this machine: whoever reaches the engine is its administrator");
            }
            default -> require(false, address, "unix:///PATH or tcp://HOST:PORT");
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    private static void require(boolean holds, URI address, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("endpoint is %s, expected %s".formatted(address, rule));
        }
    }

    /** Behind a socket of this machine all have their connections in common: each connection keeps its buffers. */
    @Override
    public EngineClients open(Duration answerWithin, Duration patience) {
        if (address.getScheme().equals("unix")) {
            DockerHttpClient shared = client(Optional.empty());
            return new EngineClients(
                    new LimitedClient(shared, new SilenceLimit(answerWithin)),
                    new LimitedClient(shared, new SilenceLimit(patience)),
                    shared);
        }
        return new EngineClients(
                client(Optional.of(answerWithin)), client(Optional.of(patience)), client(Optional.empty()));
    }

    private DockerHttpClient client(Optional<Duration> answerWithin) {
        ApacheDockerHttpClient.Builder builder = new ApacheDockerHttpClient.Builder()
                .dockerHost(address)
                .maxConnections(CONNECTIONS)
                .connectionTimeout(connectWithin);
        answerWithin.ifPresent(builder::responseTimeout);
        certificates.ifPresent(files -> builder.sslConfig(files::context));
        return builder.build();
    }
}
