// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.decisions;

import java.util.function.IntSupplier;

/**
 * @param name kind, strategy and size, for example {@code placement optimal 10x5}
 * @param run makes the decisions; the result is a fingerprint of all answers, which is always the same, because the work is
 */
record DecisionBatch(String name, int decisions, IntSupplier run) {}
