// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Its life is that of the {@link FrontHandlers} of its server, and it accepts nothing while Felix has a connector of
 * its own. Felix asks every connector for its port.
 *
 * <p>Felix opens its own connector before it asks for further ones, and tells clients 404 meanwhile. So it opens that
 * one on a port which the system chooses and nobody is told, and it is moved to the port of the server as soon as the
 * front stands. It stays Felix's own, and open while the front is exchanged.
 *
 * <p>Felix looks for a free port and opens it some moments later. Whoever takes that port in between leaves Felix
 * without a connector, which it does not try again: then this one listens.
 */
final class FrontConnector extends ServerConnector {

    private static final Logger LOG = LoggerFactory.getLogger(FrontConnector.class);

    private final FrontHandlers front;
    private final OptionalInt port;
    private final BooleanSupplier serving;
    private volatile boolean listens;

    /**
     * @param admissionSources where changes are asked for
     * @param host whose address it listens on when Felix does not; "" for the loopback address
     * @param port of the server; empty: the web server stays where it is
     * @param serving whether the web server serves what there is; it ends when this is stopped and it does not any more
     */
    FrontConnector(
            Server server,
            FrontHandlers.FrontSettings settings,
            AdmissionHandler.AdmissionSources admissionSources,
            String host,
            OptionalInt port,
            BooleanSupplier serving) {
        super(server);
        this.front = new FrontHandlers(server, settings, admissionSources);
        this.port = port;
        this.serving = serving;
        setHost(others().findFirst().map(ServerConnector::getHost).orElse(host));
    }

    @Override
    protected void doStart() throws Exception {
        front.start();
        try {
            if (port.isPresent()) {
                open(port.getAsInt());
            }
        } catch (Exception notOpen) {
            front.stop();
            throw notOpen;
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (!serving.getAsBoolean()) {
            // Whoever still comes finds the port closed, and not a server without its front.
            for (ServerConnector served : others().toList()) {
                served.stop();
            }
        }
        if (listens) {
            listens = false;
            super.doStop();
        }
        front.stop();
    }

    @Override
    public int getLocalPort() {
        return listens
                ? super.getLocalPort()
                : others().findFirst().map(ServerConnector::getLocalPort).orElse(-1);
    }

    private void open(int number) throws Exception {
        Optional<ServerConnector> plain = others().filter(
                        served -> served.getDefaultConnectionFactory() instanceof HttpConnectionFactory)
                .findFirst();
        if (plain.isPresent()) {
            ServerConnector served = plain.get();
            if (served.getPort() != number || !served.isRunning()) {
                served.stop();
                served.setPort(number);
                served.start();
                LOG.info("listening port={}", number);
            }
        } else if (others().findAny().isEmpty()) {
            setPort(number);
            super.doStart();
            listens = true;
            LOG.info("listening port={} reason=\"the web server found its first port taken\"", number);
        }
    }

    private Stream<ServerConnector> others() {
        return Arrays.stream(getServer().getConnectors())
                .filter(ServerConnector.class::isInstance)
                .map(ServerConnector.class::cast)
                .filter(other -> !(other instanceof FrontConnector));
    }
}
