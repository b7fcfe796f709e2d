// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.outside;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * State of one outside system.
 *
 * @param system its name, the same as {@link eu.nephele.smo.api.port.AdapterException#system()} says
 * @param access whether it is called
 * @param since when that began
 * @param retryAfter how long until it is called again; present while it is shut
 * @param lastFailure how it last failed to answer, for people; empty when it never did
 * @param lastSuccess when it answered last; empty when it never did
 * @param inFlight calls that are in it now
 */
public record SystemState(
        String system,
        CircuitState access,
        Instant since,
        Optional<Duration> retryAfter,
        Optional<String> lastFailure,
        Optional<Instant> lastSuccess,
        int inFlight) {}
