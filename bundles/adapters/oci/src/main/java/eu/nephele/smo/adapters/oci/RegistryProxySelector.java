// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Selects the route of each request: by the proxy or directly, and by plain HTTP to named hosts only. */
final class RegistryProxySelector extends ProxySelector {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryProxySelector.class);

    private final Set<String> plainHttp;
    private final Set<String> noProxy;
    private final Optional<InetSocketAddress> proxy;

    RegistryProxySelector(OciSettings settings) {
        this.plainHttp = settings.plainHttp().stream()
                .map(RegistryProxySelector::withoutUsualPort)
                .collect(Collectors.toSet());
        this.noProxy = settings.noProxy();
        this.proxy = settings.proxy();
    }

    /** A registry may lead anywhere by redirects, pages of tags or token server: {@code REFUSED} without HTTPS. */
    void check(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || (!scheme.equals("https") && !scheme.equals("http"))) {
            throw RegistryFailures.refused("The registry redirects to %s, which is not an HTTP address"
                    .formatted(RegistryMessages.bounded(uri.toString())));
        }
        if (scheme.equals("http") && !plainHttp.contains(withoutUsualPort(place(uri)))) {
            throw RegistryFailures.refused(
                    "The registry redirects to %s by plain HTTP, which only registries in plainHttp of %s may use: add %s there if the network is trusted"
                            .formatted(place(uri), OciSettings.PID, place(uri)));
        }
    }

    /** Part of the message of a failure; "" for a direct route. */
    String words(ArtifactReference of) {
        return proxy.filter(any -> !isDirect(of.registry(), of.registry().replaceFirst(":[0-9]+$", "")))
                .map(way -> " by the proxy %s:%d".formatted(way.getHostString(), way.getPort()))
                .orElse("");
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(way(uri));
    }

    private Proxy way(URI uri) {
        if (proxy.isPresent()) {
            return isDirect(place(uri), host(uri)) ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, proxy.get());
        }
        ProxySelector usual = ProxySelector.getDefault();
        return usual == null
                ? Proxy.NO_PROXY
                : usual.select(uri).stream().findFirst().orElse(Proxy.NO_PROXY);
    }

    private boolean isDirect(String place, String host) {
        return noProxy.contains(place) || noProxy.contains(host);
    }

    private static String host(URI uri) {
        return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    }

    private static String place(URI uri) {
        return uri.getPort() < 0 ? host(uri) : host(uri) + ":" + uri.getPort();
    }

    private static String withoutUsualPort(String place) {
        return place.endsWith(":80") ? place.substring(0, place.length() - ":80".length()) : place;
    }

    /** Ignores the failure, because the sender of the request gets it as well. */
    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        LOG.debug("connecting through proxy failed host={} proxy={}", uri.getHost(), address, failure);
    }
}
