// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import java.util.List;

/**
 * @param cases beside enumeration; what takes longer has a share of as many
 * @param seed of the first case
 * @param program command of CP-SAT; empty without it
 */
record ExactOptions(int cases, long seed, List<String> program) {

    private static final int MOST_CASES = 100_000;
    private static final int MOST_SEED = 1_000_000;

    ExactOptions {
        if (cases < 1 || cases > MOST_CASES) {
            throw new IllegalArgumentException("--cases is between 1 and %d, not %d".formatted(MOST_CASES, cases));
        }
        if (seed < 0 || seed > MOST_SEED) {
            throw new IllegalArgumentException("--seed is between 0 and %d, not %d".formatted(MOST_SEED, seed));
        }
        program = List.copyOf(program);
    }

    /** One of so many, at least one. */
    int share(int part) {
        return Math.max(1, cases / part);
    }
}
