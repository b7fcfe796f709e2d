// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.overview;

import eu.nephele.smo.api.model.GraphPhase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Sums over graphs.
 *
 * @param graphs all of them
 * @param services of all graphs
 * @param replicas of all services, as decided
 * @param phases graphs by phase; phases without any are left out
 * @param projects number of projects with graphs
 * @param largest the projects with most graphs, the largest first
 * @param inNeed number of graphs that need a person
 * @param urgent some of these, the most urgent first
 */
public record GraphTotals(
        long graphs,
        long services,
        long replicas,
        Map<GraphPhase, Long> phases,
        int projects,
        List<ProjectTotals> largest,
        long inNeed,
        List<GraphEntry> urgent) {

    /** Sums over the graphs of a project. */
    public record ProjectTotals(String project, long graphs, long services, long replicas, long inNeed) {}

    public GraphTotals {
        Map<GraphPhase, Long> copy = new EnumMap<>(GraphPhase.class);
        copy.putAll(phases);
        phases = copy;
        largest = List.copyOf(largest);
        urgent = List.copyOf(urgent);
    }
}
