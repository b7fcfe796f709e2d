// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.login;

import eu.nephele.smo.access.oidc.login.ProviderLogins.BrowserCode;
import eu.nephele.smo.access.oidc.login.ProviderLogins.BrowserRequest;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.SessionCookie;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The login of a browser. A cookie of a few minutes binds it to the browser that has begun it: whoever is sent to the end of a login
 * of somebody else has no such cookie.
 */
final class BrowserLogin {

    static final String COOKIE = "smo-login";
    static final String SECURE_COOKIE = "__Host-smo-login";
    static final String USUAL_TARGET = "/docs/";

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** A page of this server: browsers take // and /\ for another host. */
    private static final Pattern TARGET = Pattern.compile("/(?![/\\\\])[\\x21-\\x5b\\x5d-\\x7e]{0,500}");

    private final ProviderSessions logins;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    BrowserLogin(ProviderSessions logins, InstantSource clock) {
        this.logins = logins;
        this.clock = clock;
    }

    /**
     * How the browser reaches this server.
     *
     * @param base as its request names it, without a path: {@code https://smo.example:8443}
     * @param cookies value of the header {@code Cookie}, "" for none
     */
    record Visit(String base, String cookies, CallContext call) {}

    /**
     * Where the browser goes next.
     *
     * @param cookies values of {@code Set-Cookie}
     */
    record Redirect(String address, List<String> cookies) {}

    /** @param next page of this server at the end; empty: the usual one */
    Redirect begin(Optional<String> wished, Optional<String> next, Visit visit) {
        String provider = wished.orElseGet(this::only);
        String target = next.orElse(USUAL_TARGET);
        if (!TARGET.matcher(target).matches()) {
            throw SmoException.invalid("next is not a path of this server", List.of());
        }
        ProviderLogins at = logins.provider(provider);
        String base = at.publicUrl().orElse(visit.base());
        LoginSecret secret = LoginSecret.random(random);
        String challenge = LoginSecret.challenge(secret.verifier());
        BrowserRequest request = new BrowserRequest(
                redirect(base), secret.state(provider, target), challenge, LoginSecret.nonce(challenge));
        String address = logins.begin(provider, request, visit.call()).toString();
        String value = "%s.%s.%s".formatted(provider, secret.text(), encoded(target));
        return new Redirect(address, List.of(cookie(value, LONGEST, isTls(base))));
    }

    private String only() {
        List<String> names = logins.names();
        if (names.isEmpty()) {
            throw SmoException.notFound("No identity provider is configured to log in by");
        } else if (names.size() > 1) {
            throw SmoException.invalid(
                    "There are several identity providers; name one: /auth/login?provider=NAME with one of %s"
                            .formatted(names),
                    List.of());
        }
        return names.get(0);
    }

    /** What the provider sends the browser back with. */
    record Return(Optional<String> code, Optional<String> state, Optional<String> issuer, Optional<String> error) {}

    /** @throws SmoException {@code UNAUTHENTICATED} when this browser has not begun this login */
    Redirect end(Return from, Visit visit) {
        StartedLogin begun = begun(visit.cookies());
        String state = begun.secret().state(begun.provider(), begun.target());
        if (from.state().filter(given -> LoginSecret.isSame(state, given)).isEmpty()) {
            throw strange();
        }
        ProviderLogins at = logins.provider(begun.provider());
        if (from.issuer().filter(issuer -> !at.isIssuer(issuer)).isPresent()) {
            // RFC 9207: the code of another provider is not shown to this one
            throw strange();
        }
        if (from.error().isPresent()) {
            throw logins.refused(begun.provider(), from.error().get(), visit.call());
        }
        String base = at.publicUrl().orElse(visit.base());
        if (isTls(base) && !begun.secure()) {
            // another host, or plain HTTP, could have set it
            throw strange();
        }
        String verifier = begun.secret().verifier();
        BrowserCode code = new BrowserCode(
                from.code().orElseThrow(BrowserLogin::strange),
                redirect(base),
                verifier,
                LoginSecret.nonce(LoginSecret.challenge(verifier)));
        JsonObject session = logins.open(begun.provider(), code, Optional.empty(), visit.call());
        Duration lasting = Duration.between(clock.instant(), Instant.parse(text(session, "until")));
        boolean tls = isTls(base);
        return new Redirect(
                begun.target(),
                List.of(SessionCookie.keep(text(session, "token"), lasting, tls), cookie("", Duration.ZERO, tls)));
    }

    /** A login that has failed is over in the browser as well. */
    static List<String> forgotten() {
        return List.of(cookie("", Duration.ZERO, false), cookie("", Duration.ZERO, true));
    }

    /** @param secure whether the cookie is one that only this host can set, by TLS */
    private record StartedLogin(String provider, LoginSecret secret, String target, boolean secure) {}

    private static StartedLogin begun(String cookies) {
        List<String> secure = SessionCookie.values(cookies, SECURE_COOKIE);
        List<String> all = secure.isEmpty() ? SessionCookie.values(cookies, COOKIE) : secure;
        String[] parts = all.size() == 1 ? all.get(0).split("\\.", -1) : new String[0];
        if (parts.length != 3 || !SECRET.matcher(parts[1]).matches()) {
            throw strange();
        }
        try {
            String target = new String(Base64.getUrlDecoder().decode(parts[2]), StandardCharsets.UTF_8);
            if (TARGET.matcher(target).matches()) {
                return new StartedLogin(parts[0], new LoginSecret(parts[1]), target, !secure.isEmpty());
            }
        } catch (IllegalArgumentException noBase64) {
            throw (SmoException) strange().initCause(noBase64);
        }
        throw strange();
    }

    private static SmoException strange() {
        return SmoException.of(
                SmoException.Kind.UNAUTHENTICATED,
                "smo",
                "This browser has not begun this login, or more than %d minutes ago; begin again at /auth/login"
                        .formatted(LONGEST.toMinutes()),
                Optional.empty());
    }

    private static String redirect(String base) {
        return base + "/auth/callback";
    }

    private static boolean isTls(String base) {
        return base.startsWith("https:");
    }

    private static String cookie(String value, Duration lasting, boolean tls) {
        return SessionCookie.attributes(tls ? SECURE_COOKIE : COOKIE, value, "/", lasting, tls);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(JsonObject json, String name) {
        return json.get(name).flatMap(JsonValue::asString).orElseThrow();
    }
}
