// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import java.time.Instant;

/**
 * Demand at one moment.
 *
 * @param at when it was measured
 * @param perSecond requests per second
 */
public record LoadPoint(Instant at, double perSecond) {}
