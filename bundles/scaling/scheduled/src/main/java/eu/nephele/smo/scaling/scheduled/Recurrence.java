// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import java.time.LocalDateTime;
import java.util.Optional;

/** When a window is open, by calendar and clock; zones and clock changes are not its business. */
interface Recurrence {

    /** The last span that begins at or before a moment. */
    Optional<LocalSpan> lastUntil(LocalDateTime at);

    /** The first span that begins after a moment. */
    Optional<LocalSpan> firstAfter(LocalDateTime at);
}
