// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc;

import eu.nephele.smo.access.oidc.keys.KeyCache.KeyTimes;
import eu.nephele.smo.access.oidc.login.LoginClient;
import eu.nephele.smo.access.oidc.outside.HttpExchange;
import eu.nephele.smo.access.oidc.outside.HttpExchange.Reach;
import eu.nephele.smo.access.oidc.token.CallerClaims;
import eu.nephele.smo.access.oidc.token.TokenRules;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checked configuration of a provider.
 *
 * @param jwksUri empty: as the provider says
 * @param client empty: nobody logs in by it
 */
record OidcSettings(
        String provider,
        TokenRules rules,
        CallerClaims callers,
        KeyTimes keys,
        Optional<URI> jwksUri,
        Optional<LoginClient> client,
        Reach reach) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /** They begin names of something else. */
    private static final Set<String> RESERVED = Set.of("group", "key", "cert", "user");

    private static final Set<String> ASYMMETRIC =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519");

    private static final int LONGEST_SKEW = 300;

    /**
     * @param pid has the name behind {@code ~}
     * @throws IllegalArgumentException a value is wrong; the message names it
     */
    static OidcSettings from(OidcConfig config, String pid) {
        return new ProviderConfigReader(config, name(config, pid)).settings();
    }

    private static String name(OidcConfig config, String pid) {
        int tilde = pid.indexOf('~');
        String name = config.provider().isBlank() && tilde >= 0
                ? pid.substring(tilde + 1)
                : config.provider().strip();
        if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
            throw new IllegalArgumentException(
                    "provider in the configuration %s: '%s' is not 1 to 40 lower-case letters, digits and -, or is one of %s"
                            .formatted(pid, name, RESERVED.stream().sorted().toList()));
        }
        return name;
    }

    private record ProviderConfigReader(OidcConfig config, String provider) {

        OidcSettings settings() {
            String issuer = address("issuer", config.issuer()).toString();
            String clientId = config.clientId().strip();
            String audience =
                    config.audience().isBlank() ? clientId : config.audience().strip();
            if (audience.isEmpty()) {
                throw wrong("audience", "is empty, and clientId too: any token of the provider would count");
            }
            Duration skew = Duration.ofSeconds(within("clockSkewSeconds", config.clockSkewSeconds(), 0, LONGEST_SKEW));
            return new OidcSettings(
                    provider,
                    new TokenRules(provider, issuer, audience, clientId, algorithms(), skew),
                    new CallerClaims(
                            provider,
                            required("userClaim", config.userClaim()),
                            config.groupsClaim().strip()),
                    new KeyTimes(
                            Duration.ofSeconds(atLeastOne("keysRefreshSeconds", config.keysRefreshSeconds())),
                            Duration.ofHours(atLeastOne("keysKeptHours", config.keysKeptHours())),
                            Duration.ofSeconds(atLeastOne("unknownKeySeconds", config.unknownKeySeconds()))),
                    given(config.jwksUri()).map(text -> address("jwksUri", text)),
                    clientId.isEmpty() ? Optional.empty() : Optional.of(client(clientId)),
                    new Reach(
                            "oidc-" + provider,
                            Duration.ofMillis(atLeastOne("connectTimeoutMillis", config.connectTimeoutMillis())),
                            Duration.ofMillis(atLeastOne("timeoutMillis", config.timeoutMillis())),
                            given(config.proxy()),
                            given(config.caFile())));
        }

        private LoginClient client(String clientId) {
            Optional<String> secret = given(config.clientSecret());
            if (secret.filter(reference -> reference.indexOf(':') <= 0).isPresent()) {
                throw wrong("clientSecret", "is not the reference of a secret, file:PATH or env:NAME");
            }
            Set<String> scopes = values(config.scopes());
            if (!scopes.contains("openid")) {
                throw wrong("scopes", "lacks openid, without which a login does not say who it is");
            }
            return new LoginClient(
                    clientId,
                    secret,
                    String.join(" ", scopes),
                    given(config.publicUrl()).map(this::publicUrl));
        }

        private String publicUrl(String text) {
            URI address = uri("publicUrl", text);
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            boolean root =
                    address.getRawPath().isEmpty() || address.getRawPath().equals("/");
            if (!web || address.getHost() == null || !root || address.getRawQuery() != null) {
                throw wrong("publicUrl", "is not https://HOST:PORT or http://HOST:PORT");
            }
            return "%s://%s".formatted(address.getScheme(), address.getRawAuthority());
        }

        private Set<String> algorithms() {
            Set<String> wished = values(config.algorithms());
            List<String> impossible =
                    wished.stream().filter(name -> !ASYMMETRIC.contains(name)).toList();
            if (wished.isEmpty() || !impossible.isEmpty()) {
                throw wrong(
                        "algorithms",
                        "%s cannot be verified by public keys; possible are %s"
                                .formatted(
                                        impossible, ASYMMETRIC.stream().sorted().toList()));
            }
            return wished;
        }

        private static Set<String> values(String[] texts) {
            return Arrays.stream(texts)
                    .flatMap(text -> Arrays.stream(text.split("[, ]", -1)))
                    .filter(text -> !text.isBlank())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        private URI address(String key, String text) {
            URI address = uri(key, required(key, text));
            if (!HttpExchange.isSafe(address) || address.getRawFragment() != null) {
                throw wrong(key, "is not https://HOST, with a path if there is one (http only on this machine)");
            }
            return address;
        }

        private URI uri(String key, String text) {
            try {
                return new URI(text.strip());
            } catch (URISyntaxException unreadable) {
                throw (IllegalArgumentException) wrong(key, "is not an address (%s)".formatted(unreadable.getReason()))
                        .initCause(unreadable);
            }
        }

        private String required(String key, String text) {
            if (text.isBlank()) {
                throw wrong(key, "is empty");
            }
            return text.strip();
        }

        private static Optional<String> given(String text) {
            return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
        }

        private int atLeastOne(String key, int value) {
            return within(key, value, 1, Integer.MAX_VALUE);
        }

        private int within(String key, int value, int least, int most) {
            if (value < least || value > most) {
                throw wrong(key, "is not from %d to %d".formatted(least, most));
            }
            return value;
        }

        private IllegalArgumentException wrong(String key, String what) {
            return new IllegalArgumentException(
                    "%s in the configuration of the identity provider %s: %s".formatted(key, provider, what));
        }
    }
}
