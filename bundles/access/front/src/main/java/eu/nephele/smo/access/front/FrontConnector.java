// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
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
 *
 * <p>With TLS nothing listens until there is a certificate, and its files are looked at from then on. A connector that
 * is encrypted once stays so until the process ends.
 */
final class FrontConnector extends ServerConnector {

    private static final Logger LOG = LoggerFactory.getLogger(FrontConnector.class);

    private static final long FIRST_LOOKS_MILLIS = 1_000;
    private static final long LOOKS_MILLIS = 5_000;

    private final FrontHandlers front;
    private final PathPorts further;
    private final FrontPort port;
    private final BooleanSupplier serving;
    private final Object opening = new Object();
    private volatile boolean listens;
    private boolean opened;
    private boolean ended;
    private Scheduler.Task nextLook = () -> false;

    /**
     * Where the server listens.
     *
     * @param host address to listen on when Felix does not listen; "" for the loopback address
     * @param number of the port; empty: the web server stays where it is
     * @param encrypted empty for plain HTTP
     * @param further ports with a path of their own
     */
    record FrontPort(
            String host, OptionalInt number, Optional<EncryptedPort> encrypted, List<PathConnector.PathPort> further) {}

    /**
     * @param serving whether the web server is serving; false while it shuts down
     */
    FrontConnector(
            Server server,
            FrontHandlers.FrontSettings settings,
            AdmissionHandler.AdmissionSources admissionSources,
            FrontPort port,
            BooleanSupplier serving) {
        super(server);
        this.front = new FrontHandlers(server, settings, admissionSources);
        this.further = new PathPorts(server, port.further());
        this.port = port;
        this.serving = serving;
        setHost(others().findFirst().map(ServerConnector::getHost).orElse(port.host()));
        port.encrypted().ifPresent(encrypted -> encrypted.encrypt(this));
    }

    @Override
    protected void doStart() throws Exception {
        further.add(getHost(), port.encrypted());
        front.start();
        try {
            synchronized (opening) {
                ended = false;
                opened = false;
                if (port.encrypted().isPresent()) {
                    closePlain();
                    port.encrypted().get().look();
                }
                openWhenPossible();
                lookAgain();
            }
        } catch (Exception notOpen) {
            further.remove();
            front.stop();
            throw notOpen;
        }
    }

    @Override
    protected void doStop() throws Exception {
        synchronized (opening) {
            ended = true;
            nextLook.cancel();
        }
        if (!serving.getAsBoolean()) {
            // Later clients find the port closed, and not a server without its front.
            for (ServerConnector served : others().toList()) {
                served.stop();
            }
        }
        further.remove();
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

    private void openWhenPossible() throws Exception {
        boolean possible = port.encrypted().map(EncryptedPort::hasCertificate).orElse(true);
        if (!opened && possible && port.number().isPresent()) {
            open(port.number().getAsInt());
            further.open();
            opened = true;
        }
    }

    /** Nobody is served without TLS while there is no certificate, not even at a port that is not told. */
    private void closePlain() throws Exception {
        for (ServerConnector served : others().filter(FrontConnector::isPlain).toList()) {
            served.stop();
        }
    }

    private void lookAgain() {
        if (port.encrypted().isPresent() && !ended) {
            nextLook = getServer()
                    .getScheduler()
                    .schedule(this::look, opened ? LOOKS_MILLIS : FIRST_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        boolean listensItself = false;
        synchronized (opening) {
            if (ended) {
                return;
            }
            try {
                EncryptedPort encrypted = port.encrypted().orElseThrow();
                encrypted.look();
                listensItself = !opened
                        && encrypted.hasCertificate()
                        && others().findAny().isEmpty();
                if (!listensItself) {
                    openWhenPossible();
                }
            } catch (Exception refused) {
                LOG.error("opening the port or changing its certificate failed; it is tried again", refused);
            }
            lookAgain();
        }
        if (listensItself) {
            restart();
        }
    }

    /** A connector opens its own port only while it is being started. */
    private void restart() {
        try {
            stop();
            start();
        } catch (Exception refused) {
            LOG.error("opening the port failed", refused);
        }
    }

    private void open(int number) throws Exception {
        Optional<ServerConnector> own = others().filter(served -> isPlain(served) || EncryptedPort.isEncrypted(served))
                .findFirst();
        if (own.isPresent()) {
            ServerConnector served = own.get();
            boolean encrypts = port.encrypted().isPresent() && isPlain(served);
            if (served.getPort() != number || !served.isRunning() || encrypts) {
                served.stop();
                encrypt(served);
                served.setPort(number);
                served.start();
                LOG.info("listening port={} tls={}", number, EncryptedPort.isEncrypted(served));
            } else {
                encrypt(served);
            }
        } else if (others().findAny().isEmpty()) {
            setPort(number);
            super.doStart();
            listens = true;
            LOG.info("listening port={} reason=\"the web server found its first port taken\"", number);
        }
    }

    private void encrypt(ServerConnector served) {
        if (port.encrypted().isPresent()) {
            port.encrypted().get().encrypt(served);
        } else if (EncryptedPort.isEncrypted(served)) {
            LOG.warn("TLS stays on although the configuration has no certificate any more; a restart ends it");
        }
    }

    private static boolean isPlain(ServerConnector connector) {
        return connector.getDefaultConnectionFactory() instanceof HttpConnectionFactory;
    }

    private Stream<ServerConnector> others() {
        return Arrays.stream(getServer().getConnectors())
                .filter(ServerConnector.class::isInstance)
                .map(ServerConnector.class::cast)
                .filter(other -> !(other instanceof FrontConnector || other instanceof PathConnector));
    }
}
