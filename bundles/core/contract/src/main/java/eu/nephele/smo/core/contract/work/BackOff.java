// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import java.time.Duration;

/**
 * Delays after failures.
 *
 * @param first wait after the first failure in a row; doubles with each further one
 * @param longest upper bound of it, a third of which counts where a system is only unavailable
 */
public record BackOff(Duration first, Duration longest) {}
