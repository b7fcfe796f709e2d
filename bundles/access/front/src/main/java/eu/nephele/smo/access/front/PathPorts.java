// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link PathConnector}s of a server: they open with its own port, and one that cannot be opened keeps nothing else closed. */
final class PathPorts {

    private static final Logger LOG = LoggerFactory.getLogger(PathPorts.class);

    private final Server server;
    private final List<PathConnector> connectors;

    PathPorts(Server server, List<PathConnector.PathPort> ports) {
        this.server = server;
        this.connectors =
                ports.stream().map(port -> new PathConnector(server, port)).toList();
    }

    /** Makes them known to the server, closed. */
    void add(String host, Optional<EncryptedPort> encrypted) {
        for (PathConnector connector : connectors) {
            connector.setHost(host);
            encrypted.filter(tls -> !EncryptedPort.isEncrypted(connector)).ifPresent(tls -> tls.encrypt(connector));
            server.addConnector(connector);
        }
    }

    /** Opens those that are closed. */
    void open() {
        for (PathConnector connector : connectors) {
            if (!connector.isRunning()) {
                open(connector);
            }
        }
    }

    private static void open(PathConnector connector) {
        try {
            connector.start();
            LOG.info("listening port={} path={}", connector.getPort(), connector.path());
        } catch (Exception taken) {
            LOG.error(
                    "port={} for path={} cannot be opened; it is tried again when the server starts or the configuration changes",
                    connector.getPort(),
                    connector.path(),
                    taken);
        }
    }

    void remove() throws Exception {
        for (PathConnector connector : connectors) {
            connector.stop();
            server.removeConnector(connector);
        }
    }
}
