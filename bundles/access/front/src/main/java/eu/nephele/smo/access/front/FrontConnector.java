// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Accepts nothing; its life is that of the {@link Front} of its server. Felix asks every connector for its port. */
final class FrontConnector extends ServerConnector {

    private final Front front;

    FrontConnector(Server server, Front.Settings settings) {
        super(server);
        this.front = new Front(server, settings);
        first(server).ifPresent(served -> setHost(served.getHost()));
    }

    @Override
    protected void doStart() throws Exception {
        front.start();
    }

    @Override
    protected void doStop() throws Exception {
        front.stop();
    }

    @Override
    public int getLocalPort() {
        return first(getServer()).map(ServerConnector::getLocalPort).orElse(-1);
    }

    private Optional<ServerConnector> first(Server server) {
        return Arrays.stream(server.getConnectors())
                .filter(ServerConnector.class::isInstance)
                .map(ServerConnector.class::cast)
                .filter(other -> other != this)
                .findFirst();
    }
}
