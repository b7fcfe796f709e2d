// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Raises the rate step by step until latency bends or requests are left unserved, twice in a row, and stays there for some steps.
 *
 * @param from first rate, requests per second
 * @param most highest rate
 * @param step length of a step
 * @param limit time for all steps together
 */
record LoadRamp(double from, double most, Duration step, Duration limit) {

    private static final double GROWTH = 1.25;
    private static final double BEND = 3;
    private static final double SERVED = 0.9;
    private static final int FULL_STEPS = 5;

    /** The steps at full load; fewer than {@value #FULL_STEPS} where time or rate did not suffice. */
    List<LoadTestStep> run(LoadDriver driver, Consumer<LoadTestStep> seen) {
        // connections, and code that the service compiles at its first requests
        driver.step(from, step);
        driver.drain();
        LoadTestStep rest = driver.step(from, step);
        seen.accept(rest);
        List<LoadTestStep> full = new ArrayList<>();
        double rate = from;
        long budget = limit.toMillis() / step.toMillis() - 2;
        for (int number = 0; number < budget && full.size() < FULL_STEPS; number++) {
            if (full.isEmpty()) {
                if (rate >= most) {
                    break;
                }
                rate = Math.min(most, rate * GROWTH);
            }
            driver.drain();
            LoadTestStep now = driver.step(rate, step);
            seen.accept(now);
            if (isFull(now, rest)) {
                full.add(now);
            } else {
                // a hiccup, unless it was the last rate
                full.clear();
            }
        }
        return full;
    }

    private static boolean isFull(LoadTestStep step, LoadTestStep rest) {
        return step.handledPerSecond() < SERVED * step.offeredPerSecond()
                || step.latencySeconds() > BEND * rest.latencySeconds();
    }
}
