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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Selects the route of each request: by the proxy or directly, by plain HTTP to named hosts only, and without loops. The client
 * asks it before every request, also for those that the SDK makes by itself: redirects of a registry, and its token server.
 */
final class RegistryProxySelector extends ProxySelector {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryProxySelector.class);
    private static final int MAX_REQUESTS = 20;

    private final Set<String> plainHttp;
    private final Set<String> noProxy;
    private final Optional<InetSocketAddress> proxy;
    private final Map<Thread, Integer> sent = new ConcurrentHashMap<>();

    RegistryProxySelector(OciSettings settings) {
        this.plainHttp = settings.plainHttp().stream()
                .map(RegistryProxySelector::withoutUsualPort)
                .collect(Collectors.toSet());
        this.noProxy = settings.noProxy();
        this.proxy = settings.proxy();
    }

    /** Starts one call: until {@link #end} the requests of the current thread belong to it. */
    void begin() {
        sent.put(Thread.currentThread(), 0);
    }

    void end() {
        sent.remove(Thread.currentThread());
    }

    /** Returns the route to a registry for the message of a failure; "" for a direct one. */
    String words(ArtifactReference of) {
        return proxy.filter(any -> !isDirect(of.registry(), of.registry().replaceFirst(":[0-9]+$", "")))
                .map(way -> " by the proxy %s:%d".formatted(way.getHostString(), way.getPort()))
                .orElse("");
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        String place = uri.getPort() < 0 ? host : host + ":" + uri.getPort();
        if ("http".equalsIgnoreCase(uri.getScheme()) && !plainHttp.contains(withoutUsualPort(place))) {
            throw RegistryFailures.refused(
                    "The registry redirects to %s by plain HTTP, which only registries in plainHttp of %s may use: add %s there if the network is trusted"
                            .formatted(place, OciSettings.PID, place));
        }
        Integer requests = sent.computeIfPresent(Thread.currentThread(), (thread, before) -> before + 1);
        if (requests != null && requests > MAX_REQUESTS) {
            throw RegistryFailures.refused("The registry redirects without end: after %d requests it redirects to %s"
                    .formatted(requests - 1, place));
        }
        return List.of(way(uri, place, host));
    }

    private Proxy way(URI uri, String place, String host) {
        if (proxy.isPresent()) {
            return isDirect(place, host) ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, proxy.get());
        }
        ProxySelector usual = ProxySelector.getDefault();
        return usual == null
                ? Proxy.NO_PROXY
                : usual.select(uri).stream().findFirst().orElse(Proxy.NO_PROXY);
    }

    private boolean isDirect(String place, String host) {
        return noProxy.contains(place) || noProxy.contains(host);
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
