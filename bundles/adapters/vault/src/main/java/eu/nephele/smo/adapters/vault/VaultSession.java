// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.vault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.adapters.vault.VaultApi.Granted;
import eu.nephele.smo.adapters.vault.VaultSettings.VaultAuth;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token of this server at Vault: of a login, made anew when it has ended or is refused, or one that somebody provides. Renewed when a
 * third of its time is left.
 */
final class VaultSession {

    private static final Logger LOG = LoggerFactory.getLogger(VaultSession.class);
    private static final int PARTS = 3;
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final VaultApi api;
    private final VaultAuth auth;
    private final Function<String, Optional<String>> references;
    private final LongSupplier nanos;
    private Optional<TokenLease> held = Optional.empty();

    /** @param source text of the token that was provided; "" for one of a login */
    private record TokenLease(Granted granted, String source, long since) {}

    /**
     * @param references content of a reference to a secret
     * @param nanos as {@link System#nanoTime}
     */
    VaultSession(VaultApi api, VaultAuth auth, Function<String, Optional<String>> references, LongSupplier nanos) {
        this.api = api;
        this.auth = auth;
        this.references = references;
        this.nanos = nanos;
    }

    /** @throws AdapterException Vault is away, or does not let this server in */
    synchronized String token() {
        if (auth instanceof VaultAuth.TokenAuth provided) {
            // read each time: whoever provides it may have provided another one
            String text = secret(provided.reference(), "token");
            if (held.filter(known -> known.source().equals(text)).isEmpty()) {
                held = Optional.of(new TokenLease(new Granted(text, Duration.ZERO, false), text, nanos.getAsLong()));
            }
            return text;
        }
        if (held.isEmpty() || isOver(held.get())) {
            held = Optional.of(new TokenLease(login(), "", nanos.getAsLong()));
            LOG.info("logged in at Vault lease={}", held.get().granted().lease());
        }
        return held.get().granted().token();
    }

    /**
     * The token was refused.
     *
     * @return whether another one can be had by a login
     */
    synchronized boolean refused(String token) {
        boolean login = !(auth instanceof VaultAuth.TokenAuth);
        if (login && held.filter(known -> known.granted().token().equals(token)).isPresent()) {
            held = Optional.empty();
        }
        return login;
    }

    /** To be called again and again; a renewal that fails is tried again the next time. */
    synchronized void tend() {
        if (held.isEmpty()) {
            return;
        }
        TokenLease now = held.get();
        try {
            Granted granted = now.granted();
            if (!now.source().isEmpty() && granted.lease().isZero()) {
                granted = api.lookup(granted.token(), "Look at the token of this server");
                TokenLease known = new TokenLease(granted, now.source(), nanos.getAsLong());
                // one without an end, as that of root, has none the next time either
                now = granted.lease().isZero() ? notRenewed(known) : known;
                held = Optional.of(now);
                granted = now.granted();
            }
            if (granted.renewable() && !granted.lease().isZero() && isLate(now)) {
                Granted renewed = api.renew(granted.token(), "Renew the token of this server");
                held = Optional.of(new TokenLease(renewed, now.source(), nanos.getAsLong()));
                LOG.debug("token of Vault renewed lease={}", renewed.lease());
            }
        } catch (AdapterException failed) {
            LOG.warn("renewing the token of Vault failed reason=\"{}\"", failed.getMessage());
            if (failed.kind() == Kind.UNAVAILABLE || failed.kind() == Kind.TIMED_OUT) {
                return;
            }
            held = now.source().isEmpty() ? Optional.empty() : Optional.of(notRenewed(now));
        }
    }

    /** It has no end, its policy does not let it look at itself, or nobody may renew it: that is not asked again for the same token. */
    private TokenLease notRenewed(TokenLease token) {
        return new TokenLease(new Granted(token.granted().token(), FOREVER, false), token.source(), nanos.getAsLong());
    }

    private boolean isLate(TokenLease token) {
        Duration age = Duration.ofNanos(nanos.getAsLong() - token.since());
        return age.multipliedBy(PARTS).compareTo(token.granted().lease().multipliedBy(PARTS - 1L)) >= 0;
    }

    private boolean isOver(TokenLease token) {
        Duration lease = token.granted().lease();
        return !lease.isZero()
                && Duration.ofNanos(nanos.getAsLong() - token.since()).compareTo(lease) >= 0;
    }

    private Granted login() {
        ObjectNode credentials = JsonNodeFactory.instance.objectNode();
        if (auth instanceof VaultAuth.AppRole role) {
            credentials.put("role_id", role.roleId());
            role.secretId().ifPresent(reference -> credentials.put("secret_id", secret(reference, "secretId")));
            return api.login(role.path(), credentials, "Log in at Vault by AppRole");
        }
        VaultAuth.ServiceAccount account = (VaultAuth.ServiceAccount) auth;
        try {
            credentials.put("role", account.role());
            credentials.put(
                    "jwt", Files.readString(Path.of(account.tokenFile())).strip());
        } catch (IOException unreadable) {
            throw new AdapterException(
                    Kind.REFUSED,
                    VaultSettings.SYSTEM,
                    "Log in at Vault: the token of the service account in %s cannot be read (%s)"
                            .formatted(
                                    account.tokenFile(), unreadable.getClass().getSimpleName()),
                    unreadable);
        }
        return api.login(account.path(), credentials, "Log in at Vault with the service account");
    }

    private String secret(String reference, String setting) {
        return references
                .apply(reference)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new AdapterException(
                        Kind.REFUSED,
                        VaultSettings.SYSTEM,
                        "Log in at Vault: %s refers to %s, where nothing is".formatted(setting, reference)));
    }
}
