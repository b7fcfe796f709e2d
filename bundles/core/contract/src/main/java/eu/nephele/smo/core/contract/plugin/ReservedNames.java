// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import java.util.Map;
import java.util.Set;

/**
 * Names that only bundles of the product offer, because configurations and descriptors mean the product's by them: those that are
 * there, and those that are going to be. Everybody else puts a name of his own before it: {@code acme.optimal}.
 */
public final class ReservedNames {

    private static final Map<String, Set<String>> BY_KIND = Map.of(
            "placement",
                    Set.of(
                            "none",
                            "first-fit",
                            "best-fit",
                            "spread-out",
                            "least-of-this-service",
                            "consolidate",
                            "greedy",
                            "optimal",
                            "anytime",
                            "auto"),
            "forecaster", Set.of("none", "seasonal"),
            "scaling",
                    Set.of(
                            "none",
                            "keep",
                            "threshold",
                            "cpu-threshold",
                            "optimal",
                            "scheduled",
                            "predictive",
                            "idle",
                            "auto"),
            "objective",
                    Set.of(
                            "moves",
                            "balance",
                            "latency",
                            "preferences",
                            "price",
                            "carbon",
                            "carbonForecast",
                            "consolidation",
                            "headroom",
                            "egress",
                            "failureDomains"),
            "resource",
                    Set.of(
                            "graph",
                            "service",
                            "cluster",
                            "plugin",
                            "project",
                            "operation",
                            "event",
                            "webhook",
                            "shadow",
                            "strategy",
                            "infrastructure",
                            "container",
                            "sandbox",
                            "gpu",
                            "network"),
            "intent",
                    Set.of(
                            "compute",
                            "highAvailability",
                            "antiAffinity",
                            "location",
                            "spread",
                            "security",
                            "highPerformance",
                            "energyEfficiency",
                            "network",
                            "coLocation",
                            "energy_preference",
                            "offload_policy",
                            "pricePreference",
                            "regionPreference",
                            "dataResidency",
                            "connectionPoints",
                            "metrics",
                            "useStaticPlacement"));

    private ReservedNames() {}

    /** @param kind {@code placement}, {@code scaling}, {@code forecaster}, {@code objective}, {@code intent} or {@code resource}; any other kind has no reserved names */
    public static boolean include(String kind, String name) {
        return BY_KIND.getOrDefault(kind, Set.of()).contains(name);
    }
}
