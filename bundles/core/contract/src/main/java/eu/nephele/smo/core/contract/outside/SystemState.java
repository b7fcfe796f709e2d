// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.outside;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * State of one outside system.
 *
 * @param system its name, the same as {@link eu.nephele.smo.api.port.AdapterException#system()}
 * @param since beginning of that state
 * @param retryAfter delay until it is called again; present while the circuit is open
 * @param lastFailure its last failure to answer, for people; empty when it never did
 * @param lastSuccess time of its last answer; empty when it never did
 */
public record SystemState(
        String system,
        CircuitState access,
        Instant since,
        Optional<Duration> retryAfter,
        Optional<String> lastFailure,
        Optional<Instant> lastSuccess,
        int inFlight) {}
