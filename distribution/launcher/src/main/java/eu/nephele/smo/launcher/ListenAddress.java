// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Listen address of the server.
 *
 * @param host as given
 * @param port as given
 */
record ListenAddress(String host, int port) {

    /** Checks before the start whether the address exists and the port is free. */
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

    /**
     * The address at which a program on this machine reaches the server.
     *
     * @param encrypted whether it speaks TLS
     */
    URI local(boolean encrypted) throws ServerStartException {
        String scheme = encrypted ? "https://" : "http://";
        if (address(host).isAnyLocalAddress()) {
            return URI.create(scheme + "127.0.0.1:" + port);
        }
        return URI.create(scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** Resolves a host. */
    static InetAddress address(String host) throws ServerStartException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new ServerStartException(
                    ServerStartException.USAGE,
                    "--host %s: this machine has no such address.".formatted(host),
                    unknown);
        }
    }
}
