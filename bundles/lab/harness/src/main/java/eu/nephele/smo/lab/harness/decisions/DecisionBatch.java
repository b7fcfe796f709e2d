// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.decisions;

import java.util.function.IntSupplier;

/**
 * Decisions of one kind.
 *
 * @param name kind, strategy and size, for example {@code placement optimal 10x5}
 * @param decisions number of decisions of one run
 * @param run makes them; the result is a fingerprint of all answers, which is always the same, because the work is
 */
record DecisionBatch(String name, int decisions, IntSupplier run) {}
