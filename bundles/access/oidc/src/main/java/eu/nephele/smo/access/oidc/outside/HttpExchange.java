// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.outside;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import eu.nephele.smo.api.port.http.HttpSystem;
import eu.nephele.smo.api.port.http.HttpSystems;
import eu.nephele.smo.core.contract.identity.ProviderExchange;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * HTTP with the hosts of one provider: what it publishes may be at another host than its tokens. Only TLS, but for a provider on this
 * machine.
 */
public final class HttpExchange implements ProviderExchange, AutoCloseable {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int MOST_HOSTS = 4;
    private static final int MOST_ANSWER_BYTES = 256 * 1024;

    /**
     * How to reach a provider.
     *
     * @param system its name as an outside system
     */
    public record Reach(
            String system,
            Duration connectTimeout,
            Duration timeout,
            Optional<String> proxy,
            Optional<String> caFile) {}

    private final HttpSystems systems;
    private final Reach reach;
    private final Map<String, HttpSystem> hosts = new HashMap<>();
    private boolean closed;

    public HttpExchange(HttpSystems systems, Reach reach) {
        this.systems = systems;
        this.reach = reach;
    }

    /** Returns whether an address is one that may be spoken with: https, or http on this machine. */
    public static boolean isSafe(URI address) {
        return address.getHost() != null
                && address.getRawUserInfo() == null
                && ("https".equals(address.getScheme())
                        || ("http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost())));
    }

    @Override
    public HttpAnswer read(URI address, String what) {
        return host(address).send(HttpCall.of("GET", path(address), what));
    }

    @Override
    public HttpAnswer submit(URI address, Map<String, String> form, Map<String, String> headers, String what) {
        HttpCall call = HttpCall.of("POST", path(address), what)
                .body(encoded(form), "application/x-www-form-urlencoded")
                .expecting(400, 401);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            call = call.header(header.getKey(), header.getValue());
        }
        try {
            return host(address).send(call);
        } catch (AdapterException refused) {
            // its answer may repeat what was sent, the secret of this server among it: neither message nor cause go on
            throw new AdapterException(
                    refused.kind(),
                    reach.system(),
                    "%s: %s did not answer as it should".formatted(what, reach.system()));
        }
    }

    /** Fields as they stand in a form, or in a query. */
    public static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** A text as it stands in a form. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String path(URI address) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }

    private synchronized HttpSystem host(URI address) {
        if (!isSafe(address)) {
            throw refused("names an address that is neither https nor on this machine");
        }
        String origin = "%s://%s".formatted(address.getScheme(), address.getRawAuthority());
        if (closed) {
            throw new AdapterException(
                    AdapterException.Kind.UNAVAILABLE,
                    reach.system(),
                    "%s is no longer configured".formatted(reach.system()));
        }
        if (!hosts.containsKey(origin) && hosts.size() >= MOST_HOSTS) {
            throw refused("names more than %d hosts".formatted(MOST_HOSTS));
        }
        return hosts.computeIfAbsent(
                origin,
                url -> systems.open(new HttpSettings(
                        reach.system(),
                        url,
                        reach.connectTimeout(),
                        reach.timeout(),
                        MOST_ANSWER_BYTES,
                        reach.proxy(),
                        reach.caFile(),
                        new Credentials.None())));
    }

    private AdapterException refused(String what) {
        return new AdapterException(
                AdapterException.Kind.REFUSED, reach.system(), "%s %s".formatted(reach.system(), what));
    }

    @Override
    public synchronized void close() {
        closed = true;
        hosts.values().forEach(HttpSystem::close);
        hosts.clear();
    }
}
