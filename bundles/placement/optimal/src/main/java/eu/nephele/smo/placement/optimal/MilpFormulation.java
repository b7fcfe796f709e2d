// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import eu.nephele.smo.placement.solver.AssignmentProblem;
import eu.nephele.smo.placement.solver.LinkTable;
import eu.nephele.smo.placement.solver.ObjectiveVector;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    private final AssignmentProblem problem;
    private final LinkTable links;
    private final ObjectiveVector objective;
    private final ExpressionsBasedModel program = new ExpressionsBasedModel();
    private final Variable[][] binary;
    private final Variable[] opened;
    private final Expression[] costs;
    private final RowScaling[] scales;

    MilpFormulation(AssignmentProblem problem, long timeLimitMillis) {
        this.problem = problem;
        this.links = problem.links();
        this.objective = problem.objective();
        this.binary = new Variable[problem.items()][problem.clusters()];
        this.opened = new Variable[problem.clusters()];
        this.costs = new Expression[objective.levels()];
        this.scales = new RowScaling[objective.levels()];
        program.options.time_abort = timeLimitMillis;
        program.options.integer(
                IntegerStrategy.newConfigurable().withParallelism(() -> 1).withGapTolerance(GAP));
        for (int level = 0; level < objective.levels(); level++) {
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
        for (int cluster = 0; cluster < problem.clusters(); cluster++) {
            prices.add(objective.open(level, cluster));
        }
        for (int item = 0; item < problem.items(); item++) {
            for (int cluster = 0; cluster < problem.clusters(); cluster++) {
                prices.add(objective.unary(level, item, cluster));
            }
            if (level < objective.costLevels()) {
                links(item).forEach(entry -> prices(level, entry).forEach(prices));
            }
        }
        return prices.build();
    }

    private LongStream prices(int level, int entry) {
        return IntStream.range(0, problem.clusters()).boxed().flatMapToLong(here -> IntStream.range(
                        0, problem.clusters())
                .mapToLong(there -> cost(level, entry, here, there)));
    }

    private long cost(int level, int entry, int here, int there) {
        return links.isLink(entry) ? objective.traffic(level, links, entry, here, there) : 0;
    }

    /** Entries of the links of an item, and of what it must be apart from. */
    private IntStream links(int item) {
        return IntStream.range(links.start(item), links.start(item + 1));
    }

    private void binaries() {
        for (int item = 0; item < problem.items(); item++) {
            Expression once = program.newExpression("once" + item).level(1);
            for (int cluster = 0; cluster < problem.clusters(); cluster++) {
                if (problem.allowed(item, cluster)) {
                    Variable variable =
                            program.newVariable("x" + item + "_" + cluster).binary();
                    binary[item][cluster] = variable;
                    once.set(variable, 1);
                    for (int level = 0; level < objective.levels(); level++) {
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
        for (int cluster = 0; cluster < problem.clusters(); cluster++) {
            for (int row = 0; row < problem.rows(); row++) {
                capacity(cluster, row);
            }
        }
    }

    private void capacity(int cluster, int row) {
        int[] items = IntStream.range(0, problem.items())
                .filter(item -> problem.allowed(item, cluster) && problem.demand(item, cluster, row) > 0)
                .toArray();
        if (items.length == 0) {
            return;
        }
        RowScaling rowScaling =
                RowScaling.from(Arrays.stream(items).mapToLong(item -> problem.demand(item, cluster, row)));
        Expression limit = program.newExpression("r" + cluster + "_" + row)
                .upper(rowScaling.limit(problem.capacity(cluster, row)));
        for (int item : items) {
            limit.set(binary[item][cluster], rowScaling.coefficient(problem.demand(item, cluster, row)));
        }
    }

    private void openings() {
        for (int cluster = 0; cluster < problem.clusters(); cluster++) {
            int column = cluster;
            if (IntStream.range(0, objective.levels()).allMatch(level -> objective.open(level, column) == 0)) {
                continue;
            }
            opened[cluster] = program.newVariable("o" + cluster).lower(0).upper(1);
            for (int level = 0; level < objective.levels(); level++) {
                cost(level, opened[cluster], objective.open(level, cluster));
            }
            for (int item = 0; item < problem.items(); item++) {
                if (problem.allowed(item, cluster)) {
                    program.newExpression("u" + item + "_" + cluster)
                            .upper(0)
                            .set(binary[item][cluster], 1)
                            .set(opened[cluster], -1);
                }
            }
        }
    }

    /** One set of variables for each two items, whatever the number of links between them. */
    private void pairs() {
        for (int item = 0; item < problem.items(); item++) {
            Map<Integer, List<Integer>> entries = new TreeMap<>();
            links(item).forEach(entry -> entries.computeIfAbsent(links.other(entry), other -> new ArrayList<>())
                    .add(entry));
            for (Map.Entry<Integer, List<Integer>> pair : entries.entrySet()) {
                if (pair.getKey() > item) {
                    pair(item, pair.getKey(), pair.getValue());
                }
            }
        }
    }

    private void pair(int item, int other, List<Integer> entries) {
        String name = item + "_" + other;
        Expression[] columns = new Expression[problem.clusters()];
        for (int there = 0; there < problem.clusters(); there++) {
            if (problem.allowed(other, there)) {
                columns[there] = program.newExpression("pc" + name + "_" + there)
                        .level(0)
                        .set(binary[other][there], -1);
            }
        }
        for (int here = 0; here < problem.clusters(); here++) {
            if (!problem.allowed(item, here)) {
                continue;
            }
            Expression row =
                    program.newExpression("pr" + name + "_" + here).level(0).set(binary[item][here], -1);
            for (int there = 0; there < problem.clusters(); there++) {
                if (problem.allowed(other, there) && permits(entries, here, there)) {
                    Variable both = program.newVariable("z" + name + "_" + here + "_" + there)
                            .lower(0)
                            .upper(1);
                    row.set(both, 1);
                    columns[there].set(both, 1);
                    for (int level = 0; level < objective.costLevels(); level++) {
                        long sum = 0;
                        for (int entry : entries) {
                            sum += cost(level, entry, here, there);
                        }
                        cost(level, both, sum);
                    }
                }
            }
        }
    }

    private boolean permits(List<Integer> entries, int here, int there) {
        return entries.stream().allMatch(entry -> links.permits(entry, here, there));
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
        for (int cluster = 0; cluster < problem.clusters(); cluster++) {
            if (problem.allowed(item, cluster)) {
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
        int[] at = new int[problem.items()];
        for (int item = 0; item < problem.items(); item++) {
            at[item] = chosen(item, result);
        }
        boolean whole = Arrays.stream(at).noneMatch(cluster -> cluster == AssignmentProblem.NOWHERE);
        return whole && problem.isFeasible(at) ? Optional.of(at) : Optional.empty();
    }

    private int chosen(int item, Optimisation.Result result) {
        for (int cluster = 0; cluster < problem.clusters(); cluster++) {
            if (problem.allowed(item, cluster)) {
                BigDecimal value = result.get(program.indexOf(binary[item][cluster]));
                if (value.doubleValue() > HALF) {
                    return cluster;
                }
            }
        }
        return AssignmentProblem.NOWHERE;
    }
}
