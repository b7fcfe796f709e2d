// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import java.util.Optional;

/**
 * Failure of a provider as text: a stored exception would keep the classes of the plugin that threw it.
 *
 * @param retryAfter delay before a retry, as reported by the system
 */
record ErrorBody(SmoException.Kind kind, String source, String message, Optional<Duration> retryAfter) {

    SmoException refusal() {
        return SmoException.of(kind, source, message, retryAfter);
    }
}
