// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.port.Authenticator;
import eu.nephele.smo.core.identity.ApiKey.KeySecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Knows users by their password, keys and sessions by their token. Clients that know Basic only send a token as
 * password, of any user.
 */
@Component(service = Authenticator.class)
public final class IdentityAuthenticator implements Authenticator {

    private final IdentityRegistry registry;
    private final PasswordCheck passwords;

    @Activate
    public IdentityAuthenticator(@Reference IdentityRegistry registry, @Reference PasswordService passwords) {
        this(registry, passwords.check());
    }

    IdentityAuthenticator(IdentityRegistry registry, PasswordCheck passwords) {
        this.registry = registry;
        this.passwords = passwords;
    }

    @Override
    public Optional<Principal> authenticate(String authorization) {
        return authenticate(new Presented(Optional.of(authorization), List.of(), ""));
    }

    @Override
    public Optional<Principal> authenticate(Presented presented) {
        String header = presented.authorization().orElse("");
        int space = header.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        String value = header.substring(space + 1).strip();
        return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer" -> TokenText.parse(value).flatMap(this::known);
            case "basic" -> basic(value, presented.address());
            default -> Optional.empty();
        };
    }

    private Optional<Principal> basic(String encoded, String address) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String name = pair.substring(0, colon);
        String password = pair.substring(colon + 1);
        Optional<TokenText> token = TokenText.parse(password);
        return token.isPresent() ? token.flatMap(this::known) : user(name, password, address);
    }

    private Optional<Principal> user(String name, String password, String address) {
        if (!Principals.fault(name).isEmpty()) {
            return Optional.empty();
        }
        Optional<User> user = registry.required().user(name);
        return passwords.fits(user, name, password, address)
                ? user.map(known -> new Principal(name, Set.of(), Set.of(), Credential.from(known)))
                : Optional.empty();
    }

    private Optional<Principal> known(TokenText token) {
        IdentityDirectory directory = registry.required();
        Instant now = registry.clock().instant();
        Optional<Principal> known = token.kind() == IdentityKind.KEY
                ? directory.key(token.id()).flatMap(key -> known(key, token, now))
                : directory
                        .session(token.id())
                        .filter(session -> token.fits(session.hash()) && Credential.counts(session, directory, now))
                        .map(session -> new Principal(
                                session.principal(), Set.of(), session.groups(), Credential.from(session)));
        known.ifPresent(found -> registry.used(token.kind().key(token.id())));
        return known;
    }

    private static Optional<Principal> known(ApiKey key, TokenText token, Instant now) {
        return key.secrets().stream()
                .filter(secret -> secret.counts(now))
                .filter(secret -> fits(token, secret))
                .findFirst()
                .map(secret -> new Principal(key.principal(), Set.of(), Set.of(), Credential.from(key, secret)));
    }

    private static boolean fits(TokenText token, KeySecret secret) {
        return token.fits(secret.hash());
    }
}
