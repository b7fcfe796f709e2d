// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.overview;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.core.contract.overview.GraphEntry.Attention;
import eu.nephele.smo.core.contract.overview.GraphEntry.OpenCondition;
import eu.nephele.smo.core.contract.store.GraphOutline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is not as it should be with a graph, from its conditions, and whether a person has to look at it.
 *
 * @param first the condition that comes first in {@link #ORDER}
 */
record OpenConditions(Attention attention, Optional<OpenCondition> first) {

    /** Most characters of a message that are kept for lists. */
    static final int MESSAGE_CHARACTERS = 300;

    /** A graph that is not placed is not ready either: the cause comes first. */
    private static final List<String> ORDER = List.of(
            Condition.PLACED,
            Condition.READY,
            Condition.SCALED,
            Condition.REACHABLE,
            Condition.IN_SYNC,
            Condition.AUTOMATED,
            Condition.STRATEGY_AVAILABLE,
            Condition.INTENTS_HONOURED);

    /** Reasons of a condition that is false while all is well: it is under way, or as desired. */
    private static final List<String> EXPECTED = List.of("Progressing", "Undoing", "Stopped", "STOPPING", "REMOVING");

    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry(
                    "Placed/Infeasible",
                    "Free capacity or uncordon a cluster, or update the graph with smaller requirements"),
            Map.entry("Placed/QuotaExceeded", "Raise the quota of the project, or free what it uses"),
            Map.entry(
                    "Placed/ClusterLost",
                    "Resume automation, raise maxMovesPerHour, or place the graph on other clusters"),
            Map.entry(
                    "Placed/Undecidable", "Install or configure the intent handler or strategy that the message names"),
            Map.entry("Placed/RolledBack", "Remove the cause, then deploy again, update or remove the graph"),
            Map.entry("Ready/RolledBack", "Remove the cause, then deploy again, update or remove the graph"),
            Map.entry("Ready/StepFailed", "Restore the system that the message names; failed steps are retried"),
            Map.entry("Ready/NotUndone", "Remove the cause, then remove the graph or deploy it again"),
            Map.entry("Ready/InternalError", "Look into the log of the server; the pass is retried"),
            Map.entry("Ready/Progressing", "Look at the pods that the message names; an update corrects a wrong image"),
            Map.entry("Scaled/Infeasible", "Add capacity or raise the quota; replicas follow then"),
            Map.entry("Reachable/KindsMissing", "Install the kinds that the message names on these clusters"),
            Map.entry("InSync/Drifted", "Repair the graph, or update its descriptor to what is there"),
            Map.entry("Automated/Paused", "Resume the automation of the graph"),
            Map.entry("StrategyAvailable/Fallback", "Install or repair the strategy that was asked for"),
            Map.entry("IntentsHonoured/Warnings", "Correct the intents that the message names"));

    static OpenConditions from(GraphOutline outline, GraphPhase phase, List<Condition> conditions) {
        boolean failed = phase == GraphPhase.FAILED || phase == GraphPhase.DEGRADED;
        Optional<Condition> first = outline.state() == DesiredState.RUNNING || failed
                ? ORDER.stream()
                        .flatMap(type -> unmet(type, conditions).stream())
                        .findFirst()
                : Optional.empty();
        Attention attention = failed
                ? Attention.ERROR
                : first.filter(condition -> !EXPECTED.contains(condition.reason()))
                        .map(OpenConditions::severity)
                        .orElse(Attention.NONE);
        return new OpenConditions(attention, first.map(condition -> shown(condition, attention != Attention.NONE)));
    }

    private static Optional<Condition> unmet(String type, List<Condition> conditions) {
        for (Condition condition : conditions) {
            if (condition.type().equals(type) && condition.status() == Condition.Status.FALSE) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    private static Attention severity(Condition condition) {
        boolean whole =
                condition.type().equals(Condition.PLACED) || condition.type().equals(Condition.READY);
        return whole ? Attention.ERROR : Attention.WARNING;
    }

    private static OpenCondition shown(Condition condition, boolean needed) {
        String message = condition.message();
        return new OpenCondition(
                condition.type(),
                condition.reason(),
                message.length() > MESSAGE_CHARACTERS ? message.substring(0, MESSAGE_CHARACTERS) + "…" : message,
                condition.lastTransitionTime(),
                needed ? REMEDIES.getOrDefault(condition.type() + "/" + condition.reason(), "") : "");
    }
}
