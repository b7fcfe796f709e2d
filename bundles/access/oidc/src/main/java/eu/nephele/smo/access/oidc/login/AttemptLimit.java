// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.login;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.ClientNetwork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts attempts to log in by a provider by the address they come from: each makes this server ask the provider, and needs no
 * credentials. At most {@value #MOST_ADDRESSES} addresses are known; of more, those seen first are forgotten.
 */
final class AttemptLimit {

    static final int PER_MINUTE = 300;
    private static final int MOST_ADDRESSES = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private record Attempts(Instant since, int number) {}

    private final InstantSource clock;
    private final Map<String, Attempts> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    AttemptLimit(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws SmoException {@code THROTTLED} when there were too many within a minute */
    synchronized void take(String from) {
        String address = ClientNetwork.from(from).key();
        Instant now = clock.instant();
        Attempts before = Optional.ofNullable(seen.get(address))
                .filter(attempts -> now.isBefore(attempts.since().plus(WINDOW)))
                .orElse(new Attempts(now, 0));
        if (before.number() >= PER_MINUTE) {
            throw SmoException.of(
                    SmoException.Kind.THROTTLED,
                    "smo",
                    "More than %d logins by an identity provider within a minute from this address"
                            .formatted(PER_MINUTE),
                    Optional.of(Duration.between(now, before.since().plus(WINDOW))));
        }
        seen.put(address, new Attempts(before.since(), before.number() + 1));
    }
}
