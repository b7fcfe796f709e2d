// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiPredicate;

/** Clusters that a rule is about: all parts that are given must match. What nobody knows of a cluster does not match. */
record ClusterCondition(
        Set<String> clusters,
        Set<String> excluded,
        Map<String, String> labels,
        Set<String> locations,
        OptionalDouble maxCarbonGramsPerKwh,
        OptionalDouble minRenewableShare,
        OptionalDouble maxPricePerCpuHour)
        implements BiPredicate<ClusterState, ClusterSignals> {

    static ClusterCondition of(IntentValues value) {
        Set<String> locations = new HashSet<>();
        value.texts("locations").forEach(name -> locations.add(name.toLowerCase(Locale.ROOT)));
        return new ClusterCondition(
                Set.copyOf(value.texts("clusters")),
                Set.copyOf(value.texts("excludeClusters")),
                Map.copyOf(value.textsByName("labels")),
                locations,
                value.number("maxCarbonGramsPerKwh"),
                value.number("minRenewableShare"),
                value.number("maxPricePerCpuHour"));
    }

    @Override
    public boolean test(ClusterState cluster, ClusterSignals signals) {
        return (clusters.isEmpty() || isNamed(cluster, clusters))
                && !isNamed(cluster, excluded)
                && cluster.labels().entrySet().containsAll(labels.entrySet())
                && (locations.isEmpty() || cluster.isAt(locations))
                && isAtMost(signals.carbonGramsPerKwh(), maxCarbonGramsPerKwh)
                && isAtMost(signals.pricePerCpuHour(), maxPricePerCpuHour)
                && isEnough(signals.renewableShare());
    }

    private static boolean isNamed(ClusterState cluster, Set<String> names) {
        return names.contains(cluster.id().name())
                || names.contains(cluster.id().toString());
    }

    private static boolean isAtMost(OptionalDouble known, OptionalDouble most) {
        return most.isEmpty() || (known.isPresent() && known.getAsDouble() <= most.getAsDouble());
    }

    private boolean isEnough(OptionalDouble share) {
        return minRenewableShare.isEmpty()
                || (share.isPresent() && share.getAsDouble() >= minRenewableShare.getAsDouble());
    }

    /** For people. */
    String text() {
        List<String> parts = new ArrayList<>();
        add(parts, "on ", clusters);
        add(parts, "not on ", excluded);
        add(parts, "in ", locations);
        if (!labels.isEmpty()) {
            parts.add("with " + labels);
        }
        maxCarbonGramsPerKwh.ifPresent(most -> parts.add("at most %s g CO2eq/kWh".formatted(most)));
        minRenewableShare.ifPresent(least -> parts.add("renewable share at least %s".formatted(least)));
        maxPricePerCpuHour.ifPresent(most -> parts.add("at most %s for a core and hour".formatted(most)));
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, String what, Set<String> names) {
        if (!names.isEmpty()) {
            parts.add(what + String.join(" or ", names.stream().sorted().toList()));
        }
    }
}
