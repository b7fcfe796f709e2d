// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import java.time.Duration;

/**
 * When alert rules are evaluated and notifications sent; all durations in world time.
 *
 * @param evaluationInterval between two evaluations of the rules, and between two measurements of counters; above 0
 * @param groupWait from the first alert of a group to its notification
 * @param groupInterval between notifications of a group about something new, and before one that failed is sent again; above 0
 * @param repeatInterval after which a notification comes again while its alerts fire; above 0
 * @param sendResolved whether the end of an alert is told
 */
public record AlertTiming(
        Duration evaluationInterval,
        Duration groupWait,
        Duration groupInterval,
        Duration repeatInterval,
        boolean sendResolved) {

    /** Evaluated and told each second, repeated each minute. */
    public static final AlertTiming USUAL =
            new AlertTiming(Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(1), Duration.ofMinutes(1), true);

    public AlertTiming {
        requireMore(evaluationInterval, "evaluationInterval");
        requireMore(groupInterval, "groupInterval");
        requireMore(repeatInterval, "repeatInterval");
        if (groupWait.isNegative()) {
            throw new IllegalArgumentException("groupWait=%s, expected 0 or more".formatted(groupWait));
        }
    }

    private static void requireMore(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("%s=%s, expected more than 0".formatted(name, duration));
        }
    }
}
