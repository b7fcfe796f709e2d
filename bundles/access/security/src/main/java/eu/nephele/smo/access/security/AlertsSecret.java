// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.core.contract.access.AccessGate.Allowed;
import eu.nephele.smo.core.contract.access.AccessGate.Denied;
import eu.nephele.smo.core.contract.access.AccessGate.GateDecision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secret shared by this server and the senders of alerts. It is read for each call, so that a new one needs no restart;
 * while it cannot be resolved, all alerts are refused, since no sender can be authenticated.
 */
final class AlertsSecret {

    static final String PATH = "/alerts";

    private static final Logger log = LoggerFactory.getLogger(AlertsSecret.class);
    /** An alert starts or re-places graphs of any project. */
    private static final Principal SENDER = new Principal("alerts", Set.of("deployer"));

    /** Reveals neither the reference nor its target: an operator may have put the secret itself there. */
    private static final Denied UNAVAILABLE = new Denied(
            503,
            "Alerts are refused: alertsSecret of the PID %s refers to a secret that cannot be resolved. See the log"
                    .formatted(GateFilter.PID),
            Map.of("Retry-After", "30"));

    private final String reference;
    private final Supplier<List<SecretSource>> sources;

    /** @param reference {@code file:PATH} or {@code env:NAME} */
    AlertsSecret(String reference, Supplier<List<SecretSource>> sources) {
        this.reference = reference;
        this.sources = sources;
    }

    /**
     * @return the sender of the alerts; a refusal with 503 when the secret cannot be resolved; empty when the
     * credentials do not match
     */
    Optional<GateDecision> check(Optional<String> authorization) {
        Optional<String> secret;
        try {
            secret = sources.get().stream()
                    .flatMap(source -> source.resolve(reference).stream())
                    .filter(found -> !found.isBlank())
                    .findFirst();
        } catch (AdapterException unreadable) {
            log.warn("reading alertsSecret failed; alerts are refused", unreadable);
            return Optional.of(UNAVAILABLE);
        }
        if (secret.isEmpty()) {
            log.warn("alertsSecret not found; alerts are refused");
            return Optional.of(UNAVAILABLE);
        }
        return authorization
                .filter(given -> PresentedCredentials.isSecret(given, secret.get()))
                .map(right -> new Allowed(SENDER));
    }
}
