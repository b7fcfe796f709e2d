// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.overview;

import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.core.contract.overview.GraphEntry;
import eu.nephele.smo.core.contract.overview.GraphEntry.Attention;
import eu.nephele.smo.core.contract.overview.GraphEntry.OpenCondition;
import eu.nephele.smo.core.contract.overview.GraphTotals;
import eu.nephele.smo.core.contract.overview.GraphTotals.ProjectTotals;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;

/** Counts graphs for the totals. */
final class TotalsCount {

    static final int MOST_PROJECTS = 20;
    static final int MOST_URGENT = 20;

    /** What does not run first, of equals what has been so for the longest time. */
    private static final Comparator<GraphListing> URGENCY = Comparator.comparing(GraphListing::attention)
            .reversed()
            .thenComparing(TotalsCount::since)
            .thenComparing(GraphListing::id);

    private static final class Count {
        private long graphs;
        private long services;
        private long replicas;
        private long inNeed;

        private void add(GraphListing graph) {
            graphs++;
            services += graph.services();
            replicas += graph.replicas();
            inNeed += graph.attention() == Attention.NONE ? 0 : 1;
        }
    }

    private final Count all = new Count();
    private final Map<GraphPhase, Count> phases = new EnumMap<>(GraphPhase.class);
    private final Map<String, Count> projects = new HashMap<>();
    private final PriorityQueue<GraphListing> urgent = new PriorityQueue<>(URGENCY.reversed());

    void add(GraphListing graph) {
        all.add(graph);
        projects.computeIfAbsent(graph.id().project(), any -> new Count()).add(graph);
        phases.computeIfAbsent(graph.phase(), any -> new Count()).graphs++;
        if (graph.attention() != Attention.NONE) {
            urgent.add(graph);
            if (urgent.size() > MOST_URGENT) {
                urgent.remove();
            }
        }
    }

    private static Instant since(GraphListing graph) {
        return graph.condition().map(OpenCondition::since).orElse(graph.mark().changedAt());
    }

    /** @return empty when nothing was counted */
    Optional<GraphTotals> totals(Function<GraphListing, Optional<GraphEntry>> entry) {
        if (all.graphs == 0) {
            return Optional.empty();
        }
        Map<GraphPhase, Long> byPhase = new EnumMap<>(GraphPhase.class);
        phases.forEach((phase, count) -> byPhase.put(phase, count.graphs));
        List<ProjectTotals> largest = projects.entrySet().stream()
                .map(project -> new ProjectTotals(
                        project.getKey(),
                        project.getValue().graphs,
                        project.getValue().services,
                        project.getValue().replicas,
                        project.getValue().inNeed))
                .sorted(Comparator.comparing(ProjectTotals::graphs).reversed().thenComparing(ProjectTotals::project))
                .limit(MOST_PROJECTS)
                .toList();
        return Optional.of(new GraphTotals(
                all.graphs,
                all.services,
                all.replicas,
                byPhase,
                projects.size(),
                largest,
                all.inNeed,
                urgent.stream()
                        .sorted(URGENCY)
                        .flatMap(graph -> entry.apply(graph).stream())
                        .toList()));
    }
}
