// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.event;

import eu.nephele.smo.api.runtime.CallContext;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Events of the past, as far as they are kept: over restarts, and on a standby, too. */
@ProviderType
public interface EventHistory {

    /**
     * The newest events of a project that the caller may see.
     *
     * @param types exact types; all when empty
     * @param after only events behind this place in the sequence; 0 for all
     * @param limit at most this many, 1 or more
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} while the database is unavailable
     */
    KeptEvents latest(Set<String> types, String project, long after, int limit, CallContext call);

    /**
     * A part of the past.
     *
     * @param events oldest first
     * @param reached place in the sequence up to which everything was looked at: what comes is behind it
     */
    record KeptEvents(List<SmoEvent> events, long reached) {

        public KeptEvents {
            events = List.copyOf(events);
        }
    }
}
