// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scaling;

import java.util.List;

/**
 * @param services of the large requests; those with several scarce resources have a fifth
 * @param cases beside enumeration; beside CP-SAT a tenth
 * @param seed of the first case
 * @param program command of CP-SAT; empty without it
 */
record ScalingOptions(int services, int cases, long seed, List<String> program) {

    private static final int MOST_SERVICES = 100_000;
    private static final int MOST_CASES = 100_000;
    private static final int MOST_SEED = 1_000_000;

    ScalingOptions {
        check("--services", services, 5, MOST_SERVICES);
        check("--cases", cases, 1, MOST_CASES);
        check("--seed", seed, 0, MOST_SEED);
        program = List.copyOf(program);
    }

    private static void check(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s is between %d and %d, not %d".formatted(option, least, most, value));
        }
    }
}
