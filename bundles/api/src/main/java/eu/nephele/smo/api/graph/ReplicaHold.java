// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import java.time.Instant;
import java.util.Optional;

/**
 * Replicas of a service that a person has set. They win over every scaling strategy until they expire.
 *
 * @param replicas 0 or more, within the bounds of the service
 * @param until when strategies decide again; empty: not before the hold is released
 */
public record ReplicaHold(int replicas, Optional<Instant> until) {

    public ReplicaHold {
        if (replicas < 0) {
            throw new IllegalArgumentException("Expected 0 replicas or more, got " + replicas);
        }
    }

    /** Returns whether it still counts. */
    public boolean counts(Instant now) {
        return until.map(now::isBefore).orElse(true);
    }
}
