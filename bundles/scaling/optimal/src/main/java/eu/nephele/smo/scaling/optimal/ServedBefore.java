// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.scaling.optimal.CapacityUse.CapacityRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who was served so far, for the reasons of those who come later. Services of other projects are counted, not named. */
final class ServedBefore {

    private static final int NAMES = 3;

    /** Those who grow are looked at first: they took the room. */
    private final Map<CapacityRow, List<HeldDemand>> growing = new HashMap<>();

    private final Map<CapacityRow, List<HeldDemand>> staying = new HashMap<>();

    void grows(HeldDemand held) {
        add(held, growing);
    }

    void stays(HeldDemand held) {
        add(held, staying);
    }

    private static void add(HeldDemand held, Map<CapacityRow, List<HeldDemand>> to) {
        int[] replicas = held.held();
        for (int c = 0; c < replicas.length; c++) {
            ReplicaVariable share = held.demand().shares().get(c);
            for (int row = 0; row < share.use().rows() && replicas[c] > 0; row++) {
                if (share.need().get(row) > 0) {
                    to.computeIfAbsent(new CapacityRow(share.use(), row), place -> new ArrayList<>())
                            .add(held);
                }
            }
        }
    }

    /** Returns who of a higher priority was served there; empty if nobody. */
    Optional<String> higher(ServiceDemand later, CapacityRow place) {
        List<HeldDemand> higher = at(place).stream()
                .filter(held -> held.demand().priority() > later.priority())
                .toList();
        return higher.isEmpty() ? Optional.empty() : Optional.of(text(later, higher));
    }

    /** Returns who was served there; "" if nobody. */
    String before(ServiceDemand later, CapacityRow place) {
        List<HeldDemand> all = at(place);
        return all.isEmpty() ? "" : text(later, all);
    }

    private List<HeldDemand> at(CapacityRow place) {
        List<HeldDemand> all = new ArrayList<>(growing.getOrDefault(place, List.of()));
        all.addAll(staying.getOrDefault(place, List.of()));
        return all;
    }

    private static String text(ServiceDemand later, List<HeldDemand> served) {
        List<String> names = served.stream()
                .filter(held -> held.demand()
                        .target()
                        .graph()
                        .project()
                        .equals(later.target().graph().project()))
                .limit(NAMES)
                .map(held -> name(held.demand().target(), later.target()) + " " + why(held, later))
                .toList();
        int others = served.size() - names.size();
        String named = "served before: " + String.join(", ", names);
        if (others == 0) {
            return named;
        }
        String counted = others == 1 ? "1 other service" : others + " other services";
        return names.isEmpty() ? "served before: " + counted : named + " and " + counted;
    }

    private static String name(ScalingTarget served, ScalingTarget later) {
        return served.graph().equals(later.graph())
                ? served.service()
                : served.graph().name() + "/" + served.service();
    }

    private static String why(HeldDemand held, ServiceDemand later) {
        if (held.demand().priority() > later.priority()) {
            return "(priority %d, not %d)".formatted(held.demand().priority(), later.priority());
        }
        return held.grows()
                ? "(%d more, not %d)".formatted(held.demand().growth(), later.growth())
                : "(needs no more than it has)";
    }
}
