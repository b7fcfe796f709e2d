// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a provider has not done what was asked, in words only: an exception that is kept would keep the classes of the plugin that
 * threw it.
 *
 * @param source the system at fault
 * @param retryAfter when the system said that trying again makes sense
 */
record ErrorBody(SmoException.Kind kind, String source, String message, Optional<Duration> retryAfter) {

    SmoException refusal() {
        return SmoException.of(kind, source, message, retryAfter);
    }
}
