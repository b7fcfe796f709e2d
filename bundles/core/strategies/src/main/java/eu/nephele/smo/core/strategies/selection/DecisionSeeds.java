// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.selection;

/** Seeds for strategies that draw lots: made of what is decided on, so that the same problem gets the same answer. */
public final class DecisionSeeds {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private DecisionSeeds() {}

    /** FNV-1a, 64 bits, over the characters of the text. */
    public static long compute(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
