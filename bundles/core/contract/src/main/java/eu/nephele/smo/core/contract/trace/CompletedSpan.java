// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.trace;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A span that is over, whose id was known before.
 *
 * @param context its own
 * @param parent span above it
 * @param failure why it failed; empty for a success
 */
public record CompletedSpan(
        String name,
        TraceContext context,
        TraceContext parent,
        Instant startedAt,
        Instant endedAt,
        Map<String, String> attributes,
        Optional<String> failure) {

    public CompletedSpan {
        attributes = Map.copyOf(attributes);
    }
}
