// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

/**
 * What each run of a solver gets.
 *
 * @param millis that it may use
 * @param graceMillis that it may take longer, beside half of its time, before it is given up: other load on the machine is no fault of it
 */
record RunLimits(long millis, long seed, long graceMillis) {

    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    double seconds() {
        return millis / MILLIS;
    }

    /** Returns after how much time a run with this limit is given up. */
    long endMillis(long limitMillis) {
        return limitMillis + limitMillis / 2 + graceMillis;
    }

    /** @param start of the system's clock in ns */
    static double secondsSince(long start) {
        return (System.nanoTime() - start) / NANOS;
    }
}
