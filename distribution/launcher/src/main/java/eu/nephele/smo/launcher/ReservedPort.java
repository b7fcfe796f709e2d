// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A free port that the system chooses and assigns to no other program while this is open. It is bound and does not
 * listen: with SO_REUSEADDR on both sides, which Java and most servers set, a server can listen on it, and the system
 * never chooses it again.
 */
final class ReservedPort implements AutoCloseable {

    private final SocketChannel channel;
    private final int number;

    private ReservedPort(SocketChannel channel, int number) {
        this.channel = channel;
        this.number = number;
    }

    /**
     * Chooses a port.
     *
     * @param address the listen address of the server
     */
    static ReservedPort on(InetAddress address) throws ServerStartException {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(new InetSocketAddress(address, 0));
            InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
            if (!isUsable(bound)) {
                channel.close();
            }
            return new ReservedPort(channel, bound.getPort());
        } catch (IOException none) {
            throw new ServerStartException(
                    ServerStartException.IN_USE,
                    "No port is free on %s (%s). Choose one with --port N."
                            .formatted(address.getHostAddress(), none.getMessage()),
                    none);
        }
    }

    /**
     * Some systems do not let a server listen where another socket is bound: there the port is chosen, but not
     * reserved.
     */
    private static boolean isUsable(InetSocketAddress bound) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(bound);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    int number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
