// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Where the server listens.
 *
 * @param host as given
 * @param port as given
 */
record ListenAddress(String host, int port) {

    /** Finds out, before anything is started, whether the address exists and the port is free. */
    void check() throws ServerStartException {
        InetAddress address = address(host);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException refused) {
            throw new ServerStartException(
                    ServerStartException.IN_USE,
                    "Port %d on %s is not free (%s). Choose another with --port N, or stop the program that uses it."
                            .formatted(port, host, refused.getMessage()),
                    refused);
        }
    }

    /** The address under which a program on this machine reaches the server. */
    URI local() throws ServerStartException {
        if (address(host).isAnyLocalAddress()) {
            return URI.create("http://127.0.0.1:" + port);
        }
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** The address that a host is given as. */
    static InetAddress address(String host) throws ServerStartException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new ServerStartException(
                    ServerStartException.USAGE,
                    "--host %s: there is no such address on this machine.".formatted(host),
                    unknown);
        }
    }
}
