// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/** A port for a server that is killed and comes back on it. */
public final class FreePort {

    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final int MOST_PORTS_TRIED = 100;

    private FreePort() {}

    /**
     * Returns a port outside the ephemeral range, whose ports could be taken while the server is down.
     *
     * @throws IOException when none of many tried ones is free
     */
    public static int choose() throws IOException {
        for (int port :
                new Random().ints(MOST_PORTS_TRIED, FIRST_PORT, LAST_PORT).toArray()) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // the next one may be free
            }
        }
        throw new IOException("No free port from %d to %d".formatted(FIRST_PORT, LAST_PORT));
    }
}
