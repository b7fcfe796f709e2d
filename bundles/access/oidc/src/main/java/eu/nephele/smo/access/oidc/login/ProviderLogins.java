// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.login;

import com.nimbusds.jwt.JWTClaimsSet;
import eu.nephele.smo.access.oidc.outside.HttpExchange;
import eu.nephele.smo.access.oidc.outside.ProviderMetadata;
import eu.nephele.smo.access.oidc.outside.ProviderMetadata.Endpoints;
import eu.nephele.smo.access.oidc.token.CallerClaims;
import eu.nephele.smo.access.oidc.token.TokenCheck;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.identity.ProviderExchange;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Logins at one provider: with a browser by a code (RFC 6749, with PKCE, RFC 7636), without one by a code that is entered elsewhere
 * (RFC 8628). Tokens of the provider are read once, and kept nowhere.
 */
public final class ProviderLogins {

    private static final String CLIENT = "client_id";
    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final int USUAL_INTERVAL = 5;
    private static final int LONGEST_SECONDS = 3600;
    private static final int OK = 200;

    private final LoginClient client;
    private final CallerClaims callers;
    private final TokenCheck check;
    private final ProviderMetadata metadata;
    private final Supplier<ProviderExchange> exchange;
    private final Function<String, Optional<String>> secrets;
    private final SecureRandom random = new SecureRandom();

    /** @param secrets resolves a reference */
    public ProviderLogins(
            LoginClient client,
            CallerClaims callers,
            TokenCheck check,
            ProviderMetadata metadata,
            Supplier<ProviderExchange> exchange,
            Function<String, Optional<String>> secrets) {
        this.client = client;
        this.callers = callers;
        this.check = check;
        this.metadata = metadata;
        this.exchange = exchange;
        this.secrets = secrets;
    }

    /**
     * What a browser is sent to the provider with.
     *
     * @param redirect where the provider sends it back to
     * @param state comes back with it
     * @param challenge SHA-256 of the verifier (PKCE, S256)
     * @param nonce stands in the token of the login
     */
    public record BrowserRequest(String redirect, String state, String challenge, String nonce) {}

    /**
     * What a browser has come back with.
     *
     * @param redirect as above
     * @param verifier whose SHA-256 was the challenge
     * @param nonce as above
     */
    public record BrowserCode(String code, String redirect, String verifier, String nonce) {

        @Override
        public String toString() {
            return "BrowserCode[%s]".formatted(redirect);
        }
    }

    /**
     * A login that is confirmed elsewhere.
     *
     * @param deviceCode secret of whoever has begun it
     * @param userCode what somebody enters
     * @param address where
     * @param wholeAddress the same with the code in it, if there is such
     * @param seconds until it is over
     * @param interval seconds between two questions whether it is confirmed
     */
    public record DeviceLogin(
            String deviceCode,
            String userCode,
            String address,
            Optional<String> wholeAddress,
            int seconds,
            int interval) {

        @Override
        public String toString() {
            return "DeviceLogin[%s]".formatted(userCode);
        }
    }

    /**
     * Whether a login was confirmed.
     *
     * @param who empty: not yet
     * @param slower whether the provider is asked too often
     */
    public record DeviceState(Optional<Principal> who, boolean slower) {}

    /** Returns whether that is how the provider names itself. */
    public boolean isIssuer(String issuer) {
        return check.isIssuer(issuer);
    }

    /** Empty: as requests name this server. */
    public Optional<String> publicUrl() {
        return client.publicUrl();
    }

    /** The address that a browser is sent to. */
    public URI address(BrowserRequest request) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put(CLIENT, client.id());
        query.put("redirect_uri", request.redirect());
        query.put("scope", client.scopes());
        query.put("state", request.state());
        query.put("nonce", request.nonce());
        query.put("code_challenge", request.challenge());
        query.put("code_challenge_method", "S256");
        String address = metadata.endpoints().authorization().toString();
        return URI.create(address + (address.indexOf('?') < 0 ? "?" : "&") + HttpExchange.encoded(query));
    }

    /**
     * Exchanges a code for who has logged in.
     *
     * @throws SmoException {@code UNAUTHENTICATED} when the provider does not know the code, {@code UPSTREAM_FAILED} when it refuses this
     *     server
     */
    public Principal principal(BrowserCode code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code.code());
        form.put("redirect_uri", code.redirect());
        form.put("code_verifier", code.verifier());
        Endpoints endpoints = metadata.endpoints();
        HttpAnswer answer = submit(endpoints, endpoints.token(), form, "Exchange the code of a login");
        if (answer.status() != OK) {
            throw refusal(error(answer));
        }
        return principal(answer, Optional.of(code.nonce()));
    }

    /** @throws SmoException {@code CONFLICT} when the provider has no such logins */
    public DeviceLogin beginDevice() {
        Endpoints endpoints = metadata.endpoints();
        URI address = endpoints
                .device()
                .orElseThrow(() -> SmoException.conflict(
                        "%s has no login without a browser; log in with one".formatted(callers.provider())));
        Map<String, String> form = new LinkedHashMap<>();
        form.put("scope", client.scopes());
        // some providers ask for PKCE here as well; the verifier goes along with the code, so that nothing is kept here
        String verifier = LoginSecret.random(random).verifier();
        form.put("code_challenge", LoginSecret.challenge(verifier));
        form.put("code_challenge_method", "S256");
        HttpAnswer answer = submit(endpoints, address, form, "Begin a login without a browser");
        if (answer.status() != OK) {
            throw refusal(error(answer));
        }
        JsonFieldReader fields = fields(answer);
        return new DeviceLogin(
                verifier + "." + text(fields, "device_code"),
                text(fields, "user_code"),
                text(fields, "verification_uri"),
                fields.optionalText("verification_uri_complete"),
                seconds(fields, "expires_in", LONGEST_SECONDS),
                seconds(fields, "interval", USUAL_INTERVAL));
    }

    /**
     * Asks whether a login was confirmed.
     *
     * @param deviceCode as it began with
     * @throws SmoException as above
     */
    public DeviceState device(String deviceCode) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", DEVICE_GRANT);
        int dot = deviceCode.indexOf('.');
        if (dot < 0) {
            throw refusal("invalid_grant");
        }
        form.put("code_verifier", deviceCode.substring(0, dot));
        form.put("device_code", deviceCode.substring(dot + 1));
        Endpoints endpoints = metadata.endpoints();
        HttpAnswer answer = submit(endpoints, endpoints.token(), form, "Ask whether a login is confirmed");
        if (answer.status() == OK) {
            return new DeviceState(Optional.of(principal(answer, Optional.empty())), false);
        }
        String error = error(answer);
        return switch (error) {
            case "authorization_pending" -> new DeviceState(Optional.empty(), false);
            case "slow_down" -> new DeviceState(Optional.empty(), true);
            default -> throw refusal(error);
        };
    }

    private HttpAnswer submit(Endpoints endpoints, URI address, Map<String, String> form, String what) {
        Map<String, String> fields = new LinkedHashMap<>(form);
        fields.put(CLIENT, client.id());
        if (client.secret().isEmpty()) {
            return exchange.get().submit(address, fields, Map.of(), what);
        }
        String secret = client.secret()
                .flatMap(secrets)
                .orElseThrow(() -> SmoException.of(
                        SmoException.Kind.UNAVAILABLE,
                        "smo",
                        "The secret of this server at %s cannot be read; clientSecret of its configuration names it"
                                .formatted(callers.provider()),
                        Optional.empty()));
        if (endpoints.takesSecretInForm()) {
            fields.put("client_secret", secret);
            return exchange.get().submit(address, fields, Map.of(), what);
        }
        String pair = HttpExchange.encoded(client.id()) + ":" + HttpExchange.encoded(secret);
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return exchange.get().submit(address, fields, Map.of("Authorization", "Basic " + basic), what);
    }

    /** By the token of the login; what it does not say is in the one for calls, if that is of the same person, and is verified too. */
    private Principal principal(HttpAnswer answer, Optional<String> nonce) {
        JsonFieldReader fields = fields(answer);
        JWTClaimsSet login = check.loginToken(text(fields, "id_token"), nonce);
        List<JWTClaimsSet> both = new ArrayList<>();
        fields.optionalText("access_token")
                .flatMap(token -> forCalls(token, login))
                .ifPresent(both::add);
        both.add(login);
        return new Principal(callers.name(both), Set.of(), callers.groups(both), "");
    }

    private Optional<JWTClaimsSet> forCalls(String token, JWTClaimsSet login) {
        try {
            return check.accessToken(token)
                    .filter(claims ->
                            login.getSubject() != null && Objects.equals(login.getSubject(), claims.getSubject()));
        } catch (SmoException notForThisServer) {
            if (notForThisServer.kind() == SmoException.Kind.UNAUTHENTICATED) {
                return Optional.empty();
            }
            throw notForThisServer;
        }
    }

    private SmoException refusal(String error) {
        return switch (error) {
            case "access_denied" -> unauthenticated("The login was refused at %s");
            case "expired_token" -> unauthenticated("The login at %s took too long; begin again");
            case "invalid_grant" ->
                unauthenticated("%s does not know this login: it is over, or was used already; begin again");
            default ->
                SmoException.of(
                        SmoException.Kind.UPSTREAM_FAILED,
                        "oidc-" + callers.provider(),
                        "%s refuses this server (%s): its client there and the configuration here do not fit"
                                .formatted(callers.provider(), error),
                        Optional.empty());
        };
    }

    private SmoException unauthenticated(String message) {
        return SmoException.of(
                SmoException.Kind.UNAUTHENTICATED, "smo", message.formatted(callers.provider()), Optional.empty());
    }

    /** A word of the provider, of which only those of the standards are repeated. */
    private String error(HttpAnswer answer) {
        return fields(answer)
                .optionalText("error")
                .filter(word -> word.matches("[a-z_]{1,40}"))
                .orElse("status " + answer.status());
    }

    /** Nothing of the content is in the failure: there are tokens in it. */
    private JsonFieldReader fields(HttpAnswer answer) {
        try {
            JsonObject content = StrictJson.parseObject(answer.body());
            return new JsonFieldReader(content);
        } catch (SmoException | IllegalArgumentException malformed) {
            throw nonsense();
        }
    }

    private String text(JsonFieldReader fields, String name) {
        return fields.optionalText(name).filter(text -> !text.isBlank()).orElseThrow(this::nonsense);
    }

    private SmoException nonsense() {
        return SmoException.of(
                SmoException.Kind.UPSTREAM_FAILED,
                "oidc-" + callers.provider(),
                "%s gave an answer that does not say who has logged in".formatted(callers.provider()),
                Optional.empty());
    }

    private static int seconds(JsonFieldReader fields, String name, int otherwise) {
        return fields.optionalNumber(name)
                .map(BigDecimal::intValue)
                .filter(number -> number > 0 && number <= LONGEST_SECONDS)
                .orElse(otherwise);
    }

    /**
     * Why the provider has sent somebody back without a code.
     *
     * @param error its word
     */
    public SmoException refused(String error) {
        return refusal(error.matches("[a-z_]{1,40}") ? error : "unknown error");
    }
}
