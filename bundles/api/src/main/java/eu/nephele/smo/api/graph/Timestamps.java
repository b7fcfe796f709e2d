// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import java.time.Instant;

/**
 * Since when something is there.
 *
 * @param createdAt when it was accepted first
 * @param updatedAt when what is wanted of it changed last
 */
public record Timestamps(Instant createdAt, Instant updatedAt) {

    public Timestamps {
        // many of them are kept in memory, and most have never changed
        updatedAt = updatedAt.equals(createdAt) ? createdAt : updatedAt;
    }

    /** Of something that is new. */
    public static Timestamps from(Instant createdAt) {
        return new Timestamps(createdAt, createdAt);
    }

    /** The same after a change. */
    public Timestamps changed(Instant at) {
        return new Timestamps(createdAt, at);
    }
}
