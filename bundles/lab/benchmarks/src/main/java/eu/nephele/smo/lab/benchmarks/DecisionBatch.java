// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks;

import java.util.function.IntSupplier;

/**
 * Decisions of one kind.
 *
 * @param name what is decided, by whom, and in which size, for example {@code placement optimal 10x5}
 * @param decisions how many decisions one run makes
 * @param run makes them; the result is a fingerprint of all answers, which is always the same, because the work is
 */
record DecisionBatch(String name, int decisions, IntSupplier run) {}
