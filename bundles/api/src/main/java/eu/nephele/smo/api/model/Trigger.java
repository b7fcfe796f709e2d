// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.time.Duration;
import java.util.List;

/** When a service is installed. */
public sealed interface Trigger {

    /**
     * With its graph.
     *
     * @param dependencies ids of services of the graph that are installed and ready before this one
     */
    record Auto(List<String> dependencies) implements Trigger {
        public Auto {
            dependencies = List.copyOf(dependencies);
        }
    }

    /**
     * Only when something happens; until then the service is pending.
     *
     * @param condition how several events combine
     * @param events at least one
     */
    record OnEvent(Condition condition, List<EventRule> events) implements Trigger {
        public OnEvent {
            events = List.copyOf(events);
            if (events.isEmpty()) {
                throw new IllegalArgumentException("A conditional service needs at least one event");
            }
        }
    }

    /** How the events of one service combine. */
    enum Condition {
        /** the first firing event installs */
        ANY,
        /** all events of the service must be firing at the same time */
        ALL
    }

    /**
     * One event, an alert rule.
     *
     * @param id name of the event, unique within its service
     * @param promQuery PromQL expression
     * @param gracePeriod how long the expression must hold before the alert fires
     * @param description annotation for people
     */
    record EventRule(String id, String promQuery, Duration gracePeriod, String description) {}

    /** Returns whether the service waits for an event. */
    default boolean isConditional() {
        return this instanceof OnEvent;
    }
}
