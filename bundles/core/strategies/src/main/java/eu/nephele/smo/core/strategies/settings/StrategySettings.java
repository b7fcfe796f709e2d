// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.settings;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Configuration of strategies. Read anew for every decision.
 *
 * @param initialPlacement id of the placement strategy for a graph that is deployed or started
 * @param weightedPlacement id of the placement strategy that takes the place of {@link #LAST_RESORT} for the first placement of
 *     a graph that weighs objectives in its own way
 * @param replacement id of the placement strategy for a graph that is placed already
 * @param fallbackPlacement id of the placement strategy that decides when the requested one cannot
 * @param scaling id of the scaling strategy; empty: replicas stay as they are unless a strategy is requested
 * @param poolSize how many strategies may run at the same time, 1 or more
 * @param missingWaitMillis how long a call waits for a strategy that is not registered, once per strategy
 * @param limits tolerated faults before an ejection
 */
public record StrategySettings(
        String initialPlacement,
        String weightedPlacement,
        String replacement,
        String fallbackPlacement,
        Optional<String> scaling,
        JsonObject scalingParameters,
        Map<String, ObjectiveWeight> objectives,
        Map<String, StrategyOverride> projectDefaults,
        Budgets budgets,
        int poolSize,
        long missingWaitMillis,
        StrategyLimits limits) {

    /** The fallback that is always there: part of every distribution. */
    public static final String LAST_RESORT = "first-fit";

    public static final StrategySettings DEFAULTS = new StrategySettings(
            "auto",
            "greedy",
            "auto",
            LAST_RESORT,
            Optional.empty(),
            JsonObject.EMPTY,
            Map.of("moves", ObjectiveWeight.of(1)),
            Map.of(),
            new Budgets(1_000, 100, 500, 100),
            4,
            2_000,
            StrategyLimits.STANDARD);

    public StrategySettings {
        objectives = Collections.unmodifiableMap(new TreeMap<>(objectives));
        projectDefaults = Map.copyOf(projectDefaults);
        atLeast("poolSize", poolSize, 1);
        atLeast("missingWaitMillis", missingWaitMillis, 0);
    }

    /**
     * Budgets of one call: processor time of its thread, and voluntary waits.
     *
     * @param placementMillis of a placement strategy, and of an objective
     * @param scalingMillis of a scaling strategy
     * @param intentMillis of an intent handler
     * @param graceMillis time beyond the budget before a call is abandoned
     */
    public record Budgets(long placementMillis, long scalingMillis, long intentMillis, long graceMillis) {
        public Budgets {
            atLeast("placementBudgetMillis", placementMillis, 1);
            atLeast("scalingBudgetMillis", scalingMillis, 1);
            atLeast("intentBudgetMillis", intentMillis, 1);
            atLeast("graceMillis", graceMillis, 0);
        }
    }

    /**
     * Tolerances for faults of a strategy, objective or handler.
     *
     * @param ejectAfterFaults so many faults in a row eject it; 0: never
     * @param ejectAfterFaultsInWindow so many faults within the window eject it; 0: never
     * @param maxAbandonedThreads so many threads that ignore their interruption are borne in all; 0: by the number of processors
     * @param allocationLimitMiB so much memory may be allocated in one call; 0: any
     * @param maxThreads so many threads that code of one bundle has started may run beside its call; 0: any
     */
    public record StrategyLimits(
            int ejectAfterFaults,
            int ejectAfterFaultsInWindow,
            long ejectWindowSeconds,
            int maxAbandonedThreads,
            long allocationLimitMiB,
            int maxThreads) {
        private static final int STANDARD_THREADS = 64;

        public static final StrategyLimits STANDARD = new StrategyLimits(3, 5, 60, 0, 256, STANDARD_THREADS);

        public StrategyLimits(
                int ejectAfterFaults,
                int ejectAfterFaultsInWindow,
                long ejectWindowSeconds,
                int maxAbandonedThreads,
                long allocationLimitMiB) {
            this(
                    ejectAfterFaults,
                    ejectAfterFaultsInWindow,
                    ejectWindowSeconds,
                    maxAbandonedThreads,
                    allocationLimitMiB,
                    STANDARD_THREADS);
        }

        public StrategyLimits {
            atLeast("ejectAfterFaults", ejectAfterFaults, 0);
            atLeast("ejectAfterFaultsInWindow", ejectAfterFaultsInWindow, 0);
            atLeast("ejectWindowSeconds", ejectWindowSeconds, 1);
            atLeast("maxAbandonedThreads", maxAbandonedThreads, 0);
            atLeast("allocationLimitMiB", allocationLimitMiB, 0);
            atLeast("maxThreads", maxThreads, 0);
        }
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("%s=%d, expected %d or more".formatted(name, value, least));
        }
    }
}
