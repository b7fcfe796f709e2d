// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.fleet;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.List;
import java.util.Map;

/** A graph and where its services are. Services and clusters are indexes of its problem. */
final class PlacedGraph {

    private final PlacementRequest problem;
    private final int[] at;

    /** Where its services are now. */
    PlacedGraph(PlacementRequest problem) {
        this.problem = problem;
        this.at = new int[problem.services().size()];
        for (int s = 0; s < at.length; s++) {
            at[s] = problem.current(s).orElseThrow();
        }
    }

    int services() {
        return at.length;
    }

    int at(int service) {
        return at[service];
    }

    Resources demand(int service) {
        return problem.services().get(service).demand();
    }

    /** @throws IllegalArgumentException if there is none of that name */
    int service(String name) {
        for (int s = 0; s < at.length; s++) {
            if (problem.services().get(s).id().equals(name)) {
                return s;
            }
        }
        throw new IllegalArgumentException("there is no service '%s' of %s".formatted(name, problem.graph()));
    }

    void move(int service, int cluster) {
        at[service] = cluster;
    }

    /**
     * A rule of the graph that its places break; "" when they keep all.
     *
     * @param moved cluster by service; where the others are is not asked
     */
    String brokenRule(Map<Integer, Integer> moved) {
        for (Map.Entry<Integer, Integer> move : moved.entrySet()) {
            String why = problem.whyNotAllowed(move.getKey(), move.getValue());
            if (!why.isEmpty()) {
                return "%s may not be on %s: %s"
                        .formatted(
                                problem.services().get(move.getKey()).id(),
                                problem.clusters().get(move.getValue()).id().name(),
                                why);
            }
        }
        for (List<Integer> group : problem.together()) {
            if (group.stream().mapToInt(this::at).distinct().count() > 1) {
                return "services that belong together are on several clusters";
            }
        }
        for (List<Integer> pair : problem.apart()) {
            if (at(pair.get(0)) == at(pair.get(1))) {
                return "services that belong apart are on one cluster";
            }
        }
        return "";
    }
}
