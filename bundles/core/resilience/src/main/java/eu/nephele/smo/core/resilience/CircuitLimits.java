// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.time.Duration;

/**
 * When the circuit of a system opens, and for how long.
 *
 * @param failures as many failures …
 * @param of … among the last so many calls open the circuit
 */
record CircuitLimits(int failures, int of, Duration open) {}
