// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.ojalgo.optimisation.integer.IntegerStrategy;
import org.ojalgo.type.context.NumberContext;

/**
 * The problem as a 0/1 program for the solver, used once: one binary per item and allowed cluster, and one variable per cluster
 * with an opening cost. Each pair of items with traffic has one variable per pair of clusters, tied to the binaries by its row
 * and column sums.
 */
final class MilpFormulation {

    private static final NumberContext GAP = NumberContext.of(12, 10);
    private static final double HALF = 0.5;

    private final PlacementModel model;
    private final ObjectiveVector objective;
    private final ExpressionsBasedModel program = new ExpressionsBasedModel();
    private final Variable[][] binary;
    private final Variable[] opened;
    private final Expression[] costs;
    private final RowScaling[] scales;

    MilpFormulation(PlacementModel model, long timeLimitMillis) {
        this.model = model;
        this.objective = model.objective;
        this.binary = new Variable[model.items][model.clusters];
        this.opened = new Variable[model.clusters];
        this.costs = new Expression[objective.levels];
        this.scales = new RowScaling[objective.levels];
        program.options.time_abort = timeLimitMillis;
        program.options.integer(
                IntegerStrategy.newConfigurable().withParallelism(() -> 1).withGapTolerance(GAP));
        for (int level = 0; level < objective.levels; level++) {
            costs[level] = program.newExpression("cost" + level);
            scales[level] = RowScaling.from(prices(level));
        }
        binaries();
        capacities();
        openings();
        pairs();
    }

    private LongStream prices(int level) {
        LongStream.Builder prices = LongStream.builder();
        Arrays.stream(objective.open[level]).forEach(prices);
        for (int item = 0; item < model.items; item++) {
            for (int cluster = 0; cluster < model.clusters; cluster++) {
                prices.add(objective.unary(level, item, cluster));
            }
            for (ItemLinks itemLinks :
                    level < objective.costLevels ? model.neighbours.get(item) : List.<ItemLinks>of()) {
                prices(level, itemLinks).forEach(prices);
            }
        }
        return prices.build();
    }

    private LongStream prices(int level, ItemLinks itemLinks) {
        return IntStream.range(0, model.clusters).boxed().flatMapToLong(here -> IntStream.range(0, model.clusters)
                .mapToLong(there -> itemLinks.cost(objective.distance[level], here, there)));
    }

    private void binaries() {
        for (int item = 0; item < model.items; item++) {
            Expression once = program.newExpression("once" + item).level(1);
            for (int cluster = 0; cluster < model.clusters; cluster++) {
                if (model.allowed[item][cluster]) {
                    Variable variable =
                            program.newVariable("x" + item + "_" + cluster).binary();
                    binary[item][cluster] = variable;
                    once.set(variable, 1);
                    for (int level = 0; level < objective.levels; level++) {
                        cost(level, variable, objective.unary(level, item, cluster));
                    }
                }
            }
        }
    }

    private void cost(int level, Variable variable, long cost) {
        if (cost != 0) {
            costs[level].set(variable, scales[level].coefficient(cost));
        }
    }

    private void capacities() {
        for (int cluster = 0; cluster < model.clusters; cluster++) {
            for (int r = 0; r < model.free[cluster].length; r++) {
                long free = model.free[cluster][r];
                if (free < Long.MAX_VALUE && free > 0) {
                    capacity(cluster, r, free);
                }
            }
        }
    }

    private void capacity(int cluster, int resource, long free) {
        int[] items = IntStream.range(0, model.items)
                .filter(item -> model.allowed[item][cluster] && model.demand[item][resource] > 0)
                .toArray();
        RowScaling rowScaling = RowScaling.from(Arrays.stream(items).mapToLong(item -> model.demand[item][resource]));
        Expression row = program.newExpression("r" + cluster + "_" + resource).upper(rowScaling.limit(free));
        for (int item : items) {
            row.set(binary[item][cluster], rowScaling.coefficient(model.demand[item][resource]));
        }
    }

    private void openings() {
        for (int cluster = 0; cluster < model.clusters; cluster++) {
            int column = cluster;
            if (Arrays.stream(objective.open).allMatch(open -> open[column] == 0)) {
                continue;
            }
            opened[cluster] = program.newVariable("o" + cluster).lower(0).upper(1);
            for (int level = 0; level < objective.levels; level++) {
                cost(level, opened[cluster], objective.open[level][cluster]);
            }
            for (int item = 0; item < model.items; item++) {
                if (model.allowed[item][cluster]) {
                    program.newExpression("u" + item + "_" + cluster)
                            .upper(0)
                            .set(binary[item][cluster], 1)
                            .set(opened[cluster], -1);
                }
            }
        }
    }

    private void pairs() {
        for (int item = 0; item < model.items; item++) {
            for (ItemLinks itemLinks : model.neighbours.get(item)) {
                if (itemLinks.item() > item) {
                    pair(item, itemLinks);
                }
            }
        }
    }

    private void pair(int item, ItemLinks itemLinks) {
        String name = item + "_" + itemLinks.item();
        Expression[] columns = new Expression[model.clusters];
        for (int there = 0; there < model.clusters; there++) {
            if (model.allowed[itemLinks.item()][there]) {
                columns[there] = program.newExpression("pc" + name + "_" + there)
                        .level(0)
                        .set(binary[itemLinks.item()][there], -1);
            }
        }
        for (int here = 0; here < model.clusters; here++) {
            if (!model.allowed[item][here]) {
                continue;
            }
            Expression row =
                    program.newExpression("pr" + name + "_" + here).level(0).set(binary[item][here], -1);
            for (int there = 0; there < model.clusters; there++) {
                boolean possible =
                        model.allowed[itemLinks.item()][there] && itemLinks.permits(model.latencyMillis, here, there);
                if (possible) {
                    Variable both = program.newVariable("z" + name + "_" + here + "_" + there)
                            .lower(0)
                            .upper(1);
                    row.set(both, 1);
                    columns[there].set(both, 1);
                    for (int level = 0; level < objective.costLevels; level++) {
                        cost(level, both, itemLinks.cost(objective.distance[level], here, there));
                    }
                }
            }
        }
    }

    /** The first parts of the objective vector may not exceed these values. */
    void limit(long[] values) {
        for (int level = 0; level < values.length; level++) {
            costs[level].upper(scales[level].limit(values[level]));
        }
    }

    /** The first items stay on these clusters. */
    void fix(int items, int[] clusters) {
        for (int item = 0; item < items; item++) {
            binary[item][clusters[item]].level(1);
        }
    }

    void minimise(int level) {
        costs[level].weight(1);
    }

    /** The objective is the position of the cluster of this item. */
    void preferFirst(int item) {
        Expression order = program.newExpression("order");
        for (int cluster = 0; cluster < model.clusters; cluster++) {
            if (model.allowed[item][cluster]) {
                order.set(binary[item][cluster], cluster);
            }
        }
        order.weight(1);
    }

    /** @return the assignment; empty if the solver did not prove it */
    Optional<int[]> solve() {
        Optimisation.Result result = program.minimise();
        if (!result.getState().isOptimal()) {
            return Optional.empty();
        }
        int[] at = new int[model.items];
        for (int item = 0; item < model.items; item++) {
            at[item] = chosen(item, result);
        }
        boolean whole = Arrays.stream(at).noneMatch(cluster -> cluster == Assignment.NOWHERE);
        return whole && model.feasible(at) ? Optional.of(at) : Optional.empty();
    }

    private int chosen(int item, Optimisation.Result result) {
        for (int cluster = 0; cluster < model.clusters; cluster++) {
            if (model.allowed[item][cluster]) {
                BigDecimal value = result.get(program.indexOf(binary[item][cluster]));
                if (value.doubleValue() > HALF) {
                    return cluster;
                }
            }
        }
        return Assignment.NOWHERE;
    }
}
