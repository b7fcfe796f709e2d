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
 * The secret that whoever sends alerts shares with this server. Read anew for each call, so that a new one needs no restart; when
 * it cannot be had, no alert is taken, since nobody could say any more who sends it.
 */
final class AlertsSecret {

    /** Where alerts are sent to. */
    static final String PATH = "/alerts";

    private static final Logger log = LoggerFactory.getLogger(AlertsSecret.class);
    private static final Principal SENDER = new Principal("alerts", Set.of());

    /** Says neither the reference nor where it points to: somebody may have put the secret itself there. */
    private static final Denied UNAVAILABLE = new Denied(
            503,
            "Alerts are not taken: alertsSecret of the PID %s refers to a secret that cannot be had. The log says more"
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
     * @param authorization value of the header, empty when it is missing
     * @return who sends the alerts; a refusal with 503 when the secret cannot be had; empty when these credentials are not it
     */
    Optional<GateDecision> check(Optional<String> authorization) {
        Optional<String> secret;
        try {
            secret = sources.get().stream()
                    .flatMap(source -> source.resolve(reference).stream())
                    .filter(found -> !found.isBlank())
                    .findFirst();
        } catch (AdapterException unreadable) {
            log.warn("The secret for alerts (alertsSecret) cannot be read", unreadable);
            return Optional.of(UNAVAILABLE);
        }
        if (secret.isEmpty()) {
            log.warn("There is no secret for alerts under the reference in alertsSecret");
            return Optional.of(UNAVAILABLE);
        }
        return authorization
                .filter(given -> PresentedCredentials.isSecret(given, secret.get()))
                .map(right -> new Allowed(SENDER));
    }
}
