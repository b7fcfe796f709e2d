// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scaling;

import eu.nephele.smo.lab.harness.exact.ValueSummary;

/**
 * What the strategy has done with some requests.
 *
 * @param key name in the JSON
 * @param title for people
 * @param good requests that are as they have to be: right, and proven where that is wanted
 * @param proven requests whose answer is proven to be the cheapest
 * @param millis time of the thread
 * @param worstGapPercent largest possible distance from the cheapest answer
 * @param goal what is to be reached, for people
 */
record ScalingFigure(
        String key,
        String title,
        int requests,
        int good,
        int proven,
        ValueSummary millis,
        double worstGapPercent,
        String goal,
        boolean reached) {}
