// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.time.Instant;

/**
 * One aspect of a graph's state, after the Kubernetes convention.
 *
 * @param type what it is about, for example {@code Placed}
 * @param status whether the type holds
 * @param reason one CamelCase word for programs, for example {@code Infeasible}
 * @param message for people: what, why, what to do
 * @param lastTransitionTime when {@code status} changed last
 * @param observedGeneration generation of the graph that this was said of
 */
public record Condition(
        String type,
        Status status,
        String reason,
        String message,
        Instant lastTransitionTime,
        long observedGeneration) {

    /** All services have a cluster. */
    public static final String PLACED = "Placed";
    /** Everything that should run is ready. */
    public static final String READY = "Ready";
    /** The wished strategies were there and decided. */
    public static final String STRATEGY_AVAILABLE = "StrategyAvailable";
    /** The descriptor asks for nothing that is ignored. */
    public static final String INTENTS_HONOURED = "IntentsHonoured";
    /** The world is as it was left: nothing was changed outside. */
    public static final String IN_SYNC = "InSync";
    /** Services can be reached by their callers on other clusters; there only where something is known to keep them from it. */
    public static final String REACHABLE = "Reachable";
    /** Condition: automation is active. */
    public static final String AUTOMATED = "Automated";
    /** Its dashboards are as it is; there only where somebody publishes dashboards. */
    public static final String DASHBOARDS_PUBLISHED = "DashboardsPublished";
    /** Replicas follow the load. */
    public static final String SCALED = "Scaled";

    public Condition {
        message = AnswerLimits.cut(message, AnswerLimits.TOLD_CHARACTERS);
    }

    public enum Status {
        TRUE,
        FALSE,
        UNKNOWN
    }
}
