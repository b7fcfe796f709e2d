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
 * Connector with the life cycle of the {@link FrontHandlers} of its server. It accepts nothing while Felix has a
 * connector of its own. Felix reads the port of every connector.
 *
 * <p>Felix opens its own connector before it asks for further ones, and answers clients 404 meanwhile. So that
 * connector is opened on a port chosen by the system and not published, and moved to the port of the server as soon as
 * the front is installed. It remains Felix's own and stays open while the front is updated.
 *
 * <p>Felix looks for a free port and opens it some moments later. If another program takes that port in between, Felix
 * has no connector and does not retry: then this one listens.
 */
final class FrontConnector extends ServerConnector {

    private static final Logger LOG = LoggerFactory.getLogger(FrontConnector.class);

    private final FrontHandlers front;
    private final OptionalInt port;
    private final BooleanSupplier serving;
    private volatile boolean listens;

    /**
     * @param host address to listen on when Felix does not listen; "" for the loopback address
     * @param port of the server; empty: the web server stays where it is
     * @param serving whether the web server is serving; false while it shuts down
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
            // Later clients find the port closed, and not a server without its front.
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
