// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.cluster.LowerReservations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Names the graphs of lower priority that hold room where a graph finds none. A proposal for people: nothing is taken from a graph
 * unless somebody moves, stops or removes it.
 */
final class PreemptionProposal {

    private static final int MOST_CLUSTERS = 3;
    private static final int MOST_NAMES = 3;

    private final ClusterInventory clusterInventory;

    PreemptionProposal(ClusterInventory clusterInventory) {
        this.clusterInventory = clusterInventory;
    }

    /**
     * Only of clusters where a service that finds no place could run, if it had what lower priorities hold there. Graphs of other
     * projects are counted and not named, because whoever reads it may not know them.
     *
     * @return for people; empty where less important graphs hold too little
     */
    Optional<String> text(Graph graph, PlacementRequest request, Infeasible infeasible) {
        List<Integer> refused = IntStream.range(0, request.services().size())
                .filter(s -> infeasible
                        .reasons()
                        .containsKey(request.services().get(s).id()))
                .boxed()
                .toList();
        List<String> clusters = new ArrayList<>();
        for (int c = 0; c < request.clusters().size() && clusters.size() < MOST_CLUSTERS; c++) {
            int column = c;
            ClusterCapacity cluster = request.clusters().get(c);
            LowerReservations lower = clusterInventory.reservedBelow(
                    cluster.id(), graph.priority(), graph.id().project(), MOST_NAMES);
            Resources both = cluster.free().plus(lower.total());
            boolean helps = lower.graphs() > 0
                    && refused.stream()
                            .filter(s -> request.allowed(s, column))
                            .map(s -> request.services().get(s).perReplica())
                            .anyMatch(needs -> !needs.fitsInto(cluster.free()) && needs.fitsInto(both));
            if (helps) {
                clusters.add(held(cluster, lower));
            }
        }
        return clusters.isEmpty()
                ? Optional.empty()
                : Optional.of("Moving or stopping others by hand would make room: " + String.join("; ", clusters));
    }

    private static String held(ClusterCapacity cluster, LowerReservations lower) {
        List<String> names = new ArrayList<>();
        lower.named().forEach(holder -> names.add("%s (%d)".formatted(holder.graph(), holder.priority())));
        if (lower.graphs() > names.size()) {
            names.add(names.isEmpty() ? "of other projects" : "…");
        }
        return "%d %s of lower priority %s %s on %s: %s"
                .formatted(
                        lower.graphs(),
                        lower.graphs() == 1 ? "graph" : "graphs",
                        lower.graphs() == 1 ? "holds" : "hold",
                        amount(lower.total()),
                        cluster.id().name(),
                        String.join(", ", names));
    }

    private static String amount(Resources total) {
        return "%s cores and %s GiB of memory"
                .formatted(number(total.cpuMillis(), 1_000), number(total.memoryBytes(), 1L << 30));
    }

    private static String number(long amount, long unit) {
        return BigDecimal.valueOf(amount)
                .divide(BigDecimal.valueOf(unit), 3, RoundingMode.FLOOR)
                .stripTrailingZeros()
                .toPlainString();
    }
}
