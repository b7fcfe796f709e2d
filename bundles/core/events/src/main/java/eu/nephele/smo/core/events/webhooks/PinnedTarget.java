// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A target whose host is not resolved again: the connection uses the checked address, even if the name resolves to
 * another one a moment later. Over TLS the name has to stay, and the receiver has to present a certificate for that
 * name, which no machine behind another address can.
 *
 * @param url target of the connection
 * @param host value of the header Host, where it differs from that
 */
record PinnedTarget(URI url, Optional<String> host) {

    private static final Logger LOG = LoggerFactory.getLogger(PinnedTarget.class);
    private static final String HOST = "Host";
    private static final String PERMISSION = "jdk.httpclient.allowRestrictedHeaders";

    /** Java's client reads before its first use whether a request may set the header Host. */
    private static final boolean POSSIBLE = isPossible();

    /** @param address the checked address; empty when the host may resolve to any address */
    static PinnedTarget of(URI url, Optional<InetAddress> address) {
        if (address.isEmpty() || !"http".equalsIgnoreCase(url.getScheme()) || !POSSIBLE) {
            return new PinnedTarget(url, Optional.empty());
        }
        String literal = address.get() instanceof Inet6Address six
                ? "[" + six.getHostAddress().replaceAll("%.*", "") + "]"
                : address.get().getHostAddress();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        return new PinnedTarget(URI.create("http://" + literal + port + path), Optional.of(url.getHost() + port));
    }

    HttpRequest.Builder request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        return host.map(name -> request.header(HOST, name)).orElse(request);
    }

    private static boolean isPossible() {
        try {
            HttpRequest.newBuilder().header(HOST, "localhost");
            return true;
        } catch (IllegalArgumentException restricted) {
            LOG.warn("webhook targets are resolved twice reason=\"system property {} lacks host\"", PERMISSION);
            return false;
        }
    }
}
