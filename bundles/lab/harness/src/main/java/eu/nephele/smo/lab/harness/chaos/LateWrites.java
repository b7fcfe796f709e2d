// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Attributes late writes to the kill that delayed them: those that the world sees in its round. */
final class LateWrites {

    private final LateWriteCount seen;
    private final Map<OwnerFailure, Long> byBlow = new EnumMap<>(OwnerFailure.class);
    private long before;

    /** Number that the world has seen so far. */
    @FunctionalInterface
    interface LateWriteCount {
        long soFar() throws IOException, InterruptedException;
    }

    LateWrites(LateWriteCount seen) {
        this.seen = seen;
    }

    /** The round begins: earlier late writes belong to no hit. */
    void begin() throws IOException, InterruptedException {
        before = seen.soFar();
    }

    /** The round ends: its victim has ended and sends no more. */
    void end(OwnerFailure ownerFailure) throws IOException, InterruptedException {
        byBlow.merge(ownerFailure, seen.soFar() - before, Long::sum);
    }

    Map<OwnerFailure, Long> byBlow() {
        return Map.copyOf(byBlow);
    }
}
