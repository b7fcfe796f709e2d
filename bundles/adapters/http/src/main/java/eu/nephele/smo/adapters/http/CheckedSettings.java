// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Checked settings.
 *
 * @param base address without a slash at its end, to append paths to
 * @param proxy unresolved, because its address may change
 */
record CheckedSettings(
        String system,
        String base,
        Duration connectTimeout,
        Duration timeout,
        int maxAnswerBytes,
        Optional<InetSocketAddress> proxy,
        Optional<SSLContext> trust,
        Credentials credentials) {

    private static final int MAX_PORT = 65_535;

    static CheckedSettings of(HttpSettings settings, Path data) {
        String system = settings.system();
        if (settings.maxAnswerBytes() <= 0) {
            throw wrong(system, "maxAnswerKiB", "expected more than 0");
        }
        return new CheckedSettings(
                system,
                base(settings.url(), system),
                positive(settings.connectTimeout(), "connectTimeoutMillis", system),
                positive(settings.timeout(), "timeoutMillis", system),
                settings.maxAnswerBytes(),
                settings.proxy().map(text -> proxy(text, system)),
                settings.caFile().map(file -> TrustedCertificates.load(data.resolve(file), system)),
                credentials(settings.credentials(), system));
    }

    static IllegalArgumentException wrong(String system, String setting, String expected) {
        return new IllegalArgumentException("The setting %s of %s: %s".formatted(setting, system, expected));
    }

    private static String base(String text, String system) {
        URI url = uri(text, "url", system);
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null) {
            throw wrong(system, "url", "expected http://HOST:PORT or https://HOST:PORT, with a path if there is one");
        }
        if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
            throw wrong(system, "url", "expected a port from 1 to %d".formatted(MAX_PORT));
        }
        // never shown: these parts may hold secrets
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw wrong(
                    system, "url", "expected no user, query or fragment in it; credentials have their own settings");
        }
        String address = url.toString();
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private static InetSocketAddress proxy(String text, String system) {
        URI url = uri(text, "proxy", system);
        boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null;
        boolean whole = url.getPort() > 0 && url.getPort() <= MAX_PORT;
        if (!"http".equals(url.getScheme()) || url.getHost() == null || !plain || !whole) {
            throw wrong(system, "proxy", "expected http://HOST:PORT");
        }
        return InetSocketAddress.createUnresolved(url.getHost(), url.getPort());
    }

    private static URI uri(String text, String setting, String system) {
        try {
            return new URI(text);
        } catch (URISyntaxException unreadable) {
            throw wrong(system, setting, "is not an address (%s)".formatted(unreadable.getReason()));
        }
    }

    private static Duration positive(Duration value, String setting, String system) {
        if (value.isZero() || value.isNegative()) {
            throw wrong(system, setting, "expected more than 0");
        }
        return value;
    }

    private static Credentials credentials(Credentials credentials, String system) {
        if (credentials instanceof Credentials.Bearer bearer) {
            reference(bearer.token(), "token", system);
        } else if (credentials instanceof Credentials.Basic basic) {
            if (basic.user().indexOf(':') >= 0 || basic.user().chars().anyMatch(Character::isISOControl)) {
                throw wrong(system, "username", "expected a name without colon and control characters");
            }
            reference(basic.password(), "password", system);
        }
        return credentials;
    }

    /** The text is never shown: it may be the secret itself, configured by mistake. */
    private static void reference(String text, String setting, String system) {
        if (text.indexOf(':') <= 0) {
            throw wrong(system, setting, "expected the reference of a secret, file:PATH or env:NAME");
        }
    }
}
