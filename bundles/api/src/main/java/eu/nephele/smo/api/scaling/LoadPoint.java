// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import java.time.Instant;

/**
 * Demand at one moment.
 *
 * @param at end of the window over which the rate was taken
 * @param perSecond requests per second, 0 or more
 */
public record LoadPoint(Instant at, double perSecond) {}
