// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A place where requests come in. */
public final class HttpListener {

    private final ServerSocketChannel channel;
    private final PlayedService service;

    /** Open ones; each leaves when it ends. */
    private final Set<HttpConnection> connections = new HashSet<>();

    HttpListener(ServerSocketChannel channel, PlayedService service) {
        this.channel = channel;
        this.service = service;
    }

    /** What answers there. */
    @FunctionalInterface
    public interface PlayedService {

        /** Called on the thread of the loop; the answer may be given later. */
        void serve(ReceivedRequest request, HttpConnection answer);
    }

    /** Port of an address of the network. */
    public int port() {
        try {
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    void accept(Selector selector) throws IOException {
        try {
            SocketChannel accepted = channel.accept();
            if (accepted != null) {
                accepted.configureBlocking(false);
                HttpConnection connection = new HttpConnection(accepted, service, connections::remove);
                connections.add(connection);
                connection.begin(accepted.register(selector, SelectionKey.OP_READ, connection));
            }
        } catch (ClosedChannelException closed) {
            // it was closed by what came before in the same turn
        }
    }

    /** Listens no more and ends all connections. Only on the thread of the loop. */
    void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        closeConnections();
    }

    /** Ends all connections, and takes new ones. Only on the thread of the loop. */
    void closeConnections() {
        List.copyOf(connections).forEach(HttpConnection::close);
    }
}
