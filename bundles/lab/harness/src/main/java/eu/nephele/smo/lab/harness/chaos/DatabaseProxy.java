// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proxy between one server and its database: a port of the loopback interface whose connections can be cut. */
final class DatabaseProxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseProxy.class);
    private static final int BUFFER_BYTES = 16 * 1024;

    enum Cut {
        /** connections are closed, and new ones at once */
        CLOSED,
        /** nothing passes, without an error; sent bytes arrive after the repair */
        SILENT
    }

    private final InetSocketAddress database;
    private final ServerSocket door;
    // guarded by this
    private final Set<Socket> open = new HashSet<>();
    // guarded by this
    private boolean closes;
    // guarded by this
    private boolean silent;
    // guarded by this
    private boolean ended;

    private DatabaseProxy(InetSocketAddress database, ServerSocket door) {
        this.database = database;
        this.door = door;
    }

    static DatabaseProxy to(InetSocketAddress database) throws IOException {
        DatabaseProxy databaseProxy =
                new DatabaseProxy(database, new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        start(databaseProxy::accept, "cable");
        return databaseProxy;
    }

    int port() {
        return door.getLocalPort();
    }

    synchronized void cut(Cut how) {
        if (how == Cut.SILENT) {
            silent = true;
        } else {
            closes = true;
            closeAll();
        }
    }

    synchronized void mend() {
        closes = false;
        silent = false;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            ended = true;
            closeAll();
            notifyAll();
        }
        door.close();
    }

    // guarded by this
    private void closeAll() {
        List.copyOf(open).forEach(this::quit);
        open.clear();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket server = door.accept();
                start(() -> connect(server), "cable-connect");
            } catch (IOException e) {
                if (!door.isClosed()) {
                    LOG.warn("accepting a database connection failed reason=\"{}\"", e.getMessage());
                }
            }
        }
    }

    private void connect(Socket server) {
        if (!enter(server)) {
            return;
        }
        Socket there = new Socket();
        try {
            awaitSound();
            there.connect(database);
            if (enter(there)) {
                there.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                start(() -> pump(server, there), "cable-out");
                pump(there, server);
            }
        } catch (IOException e) {
            LOG.debug("connecting to the database failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leave(List.of(server, there));
        }
    }

    /** @return false when it was closed instead */
    private synchronized boolean enter(Socket socket) {
        if (closes || ended) {
            quit(socket);
            return false;
        }
        return open.add(socket);
    }

    private synchronized void leave(List<Socket> sockets) {
        sockets.forEach(this::quit);
        sockets.forEach(open::remove);
    }

    /** Copies until one of them ends, which the other one notices only while the connection is not cut. */
    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count = in.read(buffer);
            while (count >= 0) {
                awaitSound();
                out.write(buffer, 0, count);
                count = in.read(buffer);
            }
        } catch (IOException e) {
            LOG.debug("database connection ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            tellEnd(from, to);
        }
    }

    private void tellEnd(Socket from, Socket to) {
        try {
            awaitSound();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leave(List.of(from, to));
    }

    private synchronized void awaitSound() throws InterruptedException {
        while (silent && !ended) {
            wait();
        }
    }

    private void quit(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a database connection failed", e);
        }
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
