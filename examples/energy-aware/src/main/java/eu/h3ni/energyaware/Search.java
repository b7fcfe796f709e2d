// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.energyaware;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Branch and bound over the groups, cheap clusters first: the first leaf is the answer of a greedy rule, everything after it
 * is better. Ends when no better placement can exist, after a fixed number of steps, or when the context says so.
 */
final class Search {

    private static final long MOST_STEPS = 5_000;

    private final PlacementRequest request;
    private final DecisionContext context;
    private final Groups groups;
    private final Price price;
    private final EnergyPlacement places;
    private final long budget;
    private long steps;
    private boolean ended;
    private double bestCost = Double.POSITIVE_INFINITY;
    private Optional<int[]> best = Optional.empty();
    private int deepest = -1;
    private Map<ClusterId, String> obstacles = Map.of();

    Search(PlacementRequest request, DecisionContext context, Groups groups, Price price) {
        this.request = request;
        this.context = context;
        this.groups = groups;
        this.price = price;
        this.places = new EnergyPlacement(request, groups);
        this.budget = Math.min(MOST_STEPS, context.workBudget().orElse(MOST_STEPS));
    }

    private record Option(int cluster, double cost) {}

    /** Cluster of each service; empty when none was found. */
    Optional<int[]> run() {
        descend(0, 0);
        return best;
    }

    /** Work done, the budget of a replay. */
    long steps() {
        return steps;
    }

    /** Returns whether it stopped before optimality was proven. */
    boolean isCut() {
        return ended;
    }

    /** The group that was hardest to place. */
    int hardest() {
        return Math.max(0, deepest);
    }

    /** Reasons against each cluster for that group. */
    Map<ClusterId, String> obstacles() {
        return obstacles;
    }

    private void descend(int group, double cost) {
        if (group == groups.count()) {
            bestCost = cost;
            best = Optional.of(places.clusters());
            return;
        }
        for (Option option : options(group)) {
            if (ended || cost + option.cost() >= bestCost || !spend()) {
                return; // options are in order of cost: the rest is no better
            }
            Resources before = places.free(option.cluster());
            places.put(group, option.cluster());
            descend(group + 1, cost + option.cost());
            places.take(group, option.cluster(), before);
        }
    }

    // docs: stopping
    private boolean spend() {
        boolean first = best.isEmpty() && steps < groups.count();
        ended = ended || steps >= Math.max(budget, groups.count()) || (!first && context.shouldStop());
        steps += ended ? 0 : 1;
        return !ended;
    }
    // docs: end

    private List<Option> options(int group) {
        List<Option> options = new ArrayList<>();
        for (int cluster = 0; cluster < request.clusters().size(); cluster++) {
            if (places.admits(group, cluster)) {
                options.add(new Option(cluster, price.of(group, cluster, places)));
            }
        }
        if (options.isEmpty() && group > deepest) {
            deepest = group;
            obstacles = againstAll(group);
        }
        options.sort(Comparator.comparingDouble(Option::cost).thenComparing(Option::cluster));
        return options;
    }

    private Map<ClusterId, String> againstAll(int group) {
        Map<ClusterId, String> against = new LinkedHashMap<>();
        for (int cluster = 0; cluster < request.clusters().size(); cluster++) {
            against.put(request.clusters().get(cluster).id(), places.obstacle(group, cluster));
        }
        return against;
    }
}
