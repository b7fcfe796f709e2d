// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import java.time.Duration;

/**
 * Times of evaluating alert rules and of sending notifications; all durations in world time.
 *
 * @param evaluationInterval between two evaluations of the rules, and between two measurements of counters; above 0
 * @param groupWait from the first alert of a group to its notification
 * @param groupInterval between notifications of a group about something new, and before one that failed is sent again; above 0
 * @param repeatInterval after which a notification comes again while its alerts fire; above 0
 * @param sendResolved whether a notification is sent when an alert ends
 */
public record AlertTiming(
        Duration evaluationInterval,
        Duration groupWait,
        Duration groupInterval,
        Duration repeatInterval,
        boolean sendResolved) {

    /** Evaluation and notification each second, repetition each minute. */
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
