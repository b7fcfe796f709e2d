// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.components.KubernetesServer;
import eu.nephele.smo.lab.testbed.components.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLSocketFactory;

/** An API server to which requests are forwarded, with the rights of its administrator. */
record ClusterBackend(URI url, String token, SSLSocketFactory sockets) {

    private static final int CONNECT_MILLIS = 5_000;

    static ClusterBackend from(KubernetesServer server) throws IOException {
        return new ClusterBackend(
                server.url(), server.token(), Tls.trusting(server.authority()).getSocketFactory());
    }

    /** @throws IOException when it cannot be reached */
    Socket connect() throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(url.getHost(), url.getPort()), CONNECT_MILLIS);
            return sockets.createSocket(plain, url.getHost(), url.getPort(), true);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    ClusterBackend withToken(String other) {
        return new ClusterBackend(url, other, sockets);
    }

    String authorization() {
        return "Authorization: Bearer " + token;
    }
}
