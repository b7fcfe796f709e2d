// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Resolves targets of webhooks and checks whether events may be posted to them. */
final class TargetResolver {

    private static final int LONGEST = 2048;

    private final AllowedTargets allowed;
    private final Resolver resolver;

    /** Names to addresses; {@link InetAddress#getAllByName} but for tests. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    TargetResolver(AllowedTargets allowed, Resolver resolver) {
        this.allowed = allowed;
        this.resolver = resolver;
    }

    /** @throws IllegalArgumentException with what is wrong when it is no URL that events are posted to */
    static URI parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("expected at most %d characters".formatted(LONGEST));
        }
        URI url = syntax(text);
        String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!List.of("http", "https").contains(scheme)) {
            throw new IllegalArgumentException("expected a URL that begins with http:// or https://");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("expected a URL without user and password; requests are signed instead");
        }
        if (url.getHost() == null || url.getHost().isEmpty()) {
            throw new IllegalArgumentException("expected a URL with a host");
        }
        if (url.getRawFragment() != null) {
            throw new IllegalArgumentException("expected a URL without a fragment (#)");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            throw new IllegalArgumentException("expected a port from 1 to 65535");
        }
        return url;
    }

    private static URI syntax(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("expected a URL: " + e.getReason(), e);
        }
    }

    /** @param address checked address; empty when posting is refused, or when any address of the host is allowed */
    record Resolved(Optional<String> refusal, Optional<InetAddress> address) {}

    Optional<String> refusal(URI url) throws UnknownHostException {
        return resolve(url).refusal();
    }

    /**
     * Resolves the host and checks whether posting to it is refused. One forbidden address among several is enough.
     *
     * @throws UnknownHostException when the name does not resolve now
     */
    Resolved resolve(URI url) throws UnknownHostException {
        String host = url.getHost();
        if (allowed.allowsHost(host)) {
            return new Resolved(Optional.empty(), Optional.empty());
        }
        InetAddress[] addresses = resolver.resolve(host);
        Optional<String> refusal = refusal(host, addresses);
        return new Resolved(
                refusal,
                refusal.isPresent()
                        ? Optional.empty()
                        : Arrays.stream(addresses).findFirst());
    }

    private Optional<String> refusal(String host, InetAddress[] addresses) {
        for (InetAddress address : addresses) {
            Optional<String> reason = allowed.allows(address) ? Optional.empty() : BlockedAddresses.refusal(address);
            if (reason.isPresent()) {
                return Optional.of(
                        "%s is the %s address %s, which is blocked; the operator can allow it as allowedTargets"
                                .formatted(host, reason.get(), address.getHostAddress()));
            }
        }
        return Optional.empty();
    }
}
