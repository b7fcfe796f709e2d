// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.outside;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.identity.ProviderExchange;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a provider says of itself (OpenID Connect Discovery): its addresses. Read when they are needed, and anew after ten minutes;
 * those before count on while it is away.
 */
public final class ProviderMetadata {

    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";

    /**
     * The addresses of a provider.
     *
     * @param authorization where people log in, by a browser
     * @param token where codes are exchanged for tokens
     * @param device where a login of a program without a browser begins; empty when there is none
     * @param keys its keys
     * @param takesSecretInForm whether the secret of a client may stand in a form, instead of a header
     */
    public record Endpoints(URI authorization, URI token, Optional<URI> device, URI keys, boolean takesSecretInForm) {}

    private record KnownEndpoints(Endpoints endpoints, Instant at) {}

    private final String system;
    private final String issuer;
    private final Supplier<ProviderExchange> exchange;
    private final InstantSource clock;
    private volatile Optional<KnownEndpoints> found = Optional.empty();
    private volatile Instant noneBefore = Instant.MIN;

    /** @param issuer what its document has to name, exactly */
    public ProviderMetadata(String system, String issuer, Supplier<ProviderExchange> exchange, InstantSource clock) {
        this.system = system;
        this.issuer = issuer;
        this.exchange = exchange;
        this.clock = clock;
    }

    /** @throws AdapterException they cannot be had, or make no sense */
    public Endpoints endpoints() {
        Optional<KnownEndpoints> known = found;
        Instant now = clock.instant();
        boolean fresh =
                known.filter(read -> now.isBefore(read.at().plus(FRESH))).isPresent();
        if (fresh || (known.isPresent() && now.isBefore(noneBefore))) {
            return known.orElseThrow().endpoints();
        }
        try {
            Endpoints read = read();
            found = Optional.of(new KnownEndpoints(read, now));
            return read;
        } catch (AdapterException away) {
            noneBefore = now.plus(AFTER_FAILURE);
            return known.map(KnownEndpoints::endpoints).orElseThrow(() -> away);
        }
    }

    private Endpoints read() {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        String text = exchange.get()
                .read(URI.create(base + WELL_KNOWN), "Read what the provider says of itself")
                .body();
        try {
            JsonObject document = StrictJson.parseObject(text);
            JsonFieldReader fields = new JsonFieldReader(document);
            if (!fields.text("issuer").equals(issuer)) {
                throw refused("names another issuer than the one that is configured");
            }
            return new Endpoints(
                    address(fields.text("authorization_endpoint")),
                    address(fields.text("token_endpoint")),
                    fields.optionalText("device_authorization_endpoint").map(this::address),
                    address(fields.text("jwks_uri")),
                    document.get("token_endpoint_auth_methods_supported")
                            .map(ProviderMetadata::texts)
                            .orElse(List.of())
                            .contains("client_secret_post"));
        } catch (SmoException | IllegalArgumentException | IllegalStateException malformed) {
            throw refused("is not complete: " + malformed.getMessage());
        }
    }

    private static List<String> texts(JsonValue value) {
        return value instanceof JsonValue.JsonArray array
                ? array.items().stream()
                        .flatMap(item -> item.asString().stream())
                        .toList()
                : List.of();
    }

    private URI address(String text) {
        try {
            URI address = new URI(text);
            boolean encrypted = "https".equals(address.getScheme()) || issuer.startsWith("http:");
            if (encrypted && HttpExchange.isSafe(address)) {
                return address;
            }
        } catch (URISyntaxException noAddress) {
            throw (AdapterException) refused("has a malformed address").initCause(noAddress);
        }
        // a provider elsewhere has no say in what is asked of programs of this machine
        throw refused("has an address that is not https, as its own is");
    }

    private AdapterException refused(String what) {
        return new AdapterException(
                AdapterException.Kind.REFUSED,
                system,
                "The document of %s at %s%s %s".formatted(system, issuer, WELL_KNOWN, what));
    }
}
