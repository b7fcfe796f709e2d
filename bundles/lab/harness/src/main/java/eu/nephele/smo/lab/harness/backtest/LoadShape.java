// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import java.time.Duration;
import java.time.Instant;

/**
 * Demand over time.
 *
 * @param name for people and programs
 * @param periodic whether it repeats itself by the day or the week
 * @param first beginning of the first step
 * @param perSecond mean requests per second of each step of {@link #STEP}; NaN where nothing is known
 */
@SuppressWarnings("ArrayRecordComponent") // of one run, never compared
record LoadShape(String name, boolean periodic, Instant first, double[] perSecond) {

    /** Of the world: also the interval of decisions. */
    static final Duration STEP = Duration.ofSeconds(30);

    static final int STEPS_PER_MINUTE = 2;
    static final int STEPS_PER_DAY = 24 * 60 * STEPS_PER_MINUTE;

    /** Mean of a minute from the first step on; NaN where nothing is known. */
    double minute(int number) {
        int step = number * STEPS_PER_MINUTE;
        return step + 1 < perSecond.length ? (perSecond[step] + perSecond[step + 1]) / 2 : Double.NaN;
    }
}
