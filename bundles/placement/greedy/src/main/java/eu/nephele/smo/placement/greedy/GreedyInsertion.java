// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.placement.greedy.GreedyParameters.ServiceOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The greedy rule: the next item, and its cluster. Reverts a choice only for an item without a cluster. */
final class GreedyInsertion {

    private final PlacementItems items;
    private final PartialPlacement partialPlacement;
    private final EjectionMove ejection;
    private final WorkBudget workBudget;
    private final Choice[] choices;

    GreedyInsertion(PlacementItems items, PartialPlacement partialPlacement, WorkBudget workBudget) {
        this.items = items;
        this.partialPlacement = partialPlacement;
        this.ejection = new EjectionMove(items, partialPlacement);
        this.workBudget = workBudget;
        this.choices = new Choice[items.count()];
    }

    /**
     * The currently best cluster of an item.
     *
     * @param column {@link PartialPlacement#NONE} if none admits it
     * @param second increment of the second best, the largest number for none
     */
    private record Choice(int column, int secondColumn, long best, long second) {

        static final Choice IMPOSSIBLE =
                new Choice(PartialPlacement.NONE, PartialPlacement.NONE, Long.MAX_VALUE, Long.MAX_VALUE);

        long regret() {
            return second == Long.MAX_VALUE ? Long.MAX_VALUE : second - best;
        }
    }

    /** @return the item that found no cluster; {@link PartialPlacement#NONE} if all did */
    int run(ServiceOrder order) {
        return order == ServiceOrder.REGRET
                ? byRegret()
                : inOrder(order == ServiceOrder.DEMAND ? byDemand() : asWritten());
    }

    private int inOrder(List<Integer> order) {
        for (int item : order) {
            Choice choice = evaluate(item);
            if (choice.column() != PartialPlacement.NONE) {
                partialPlacement.put(item, choice.column());
            } else if (!ejection.makeRoom(item)) {
                return item;
            }
        }
        return PartialPlacement.NONE;
    }

    private List<Integer> asWritten() {
        return IntStream.range(0, items.count()).boxed().toList();
    }

    private List<Integer> byDemand() {
        Resources all = items.request().clusters().stream()
                .map(cluster -> cluster.free())
                .reduce(Resources.NONE, Resources::plus);
        Map<String, Long> offered = all.byName();
        return IntStream.range(0, items.count())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer item) -> -size(items.demand(item), offered))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static double size(Resources demand, Map<String, Long> offered) {
        return demand.byName().entrySet().stream()
                .mapToDouble(want -> want.getValue() / Math.max(1.0, offered.getOrDefault(want.getKey(), 0L)))
                .max()
                .orElse(0);
    }

    private int byRegret() {
        List<Integer> waiting = new ArrayList<>(byDemand());
        waiting.forEach(item -> choices[item] = evaluate(item));
        while (!waiting.isEmpty() && workBudget.spend()) {
            int item = mostToLose(waiting);
            int column = choices[item].column();
            waiting.remove((Integer) item);
            if (column != PartialPlacement.NONE) {
                partialPlacement.put(item, column);
                lookAgain(waiting, item, column);
            } else if (ejection.makeRoom(item)) {
                waiting.forEach(other -> choices[other] = evaluate(other));
            } else {
                return item;
            }
        }
        return inOrder(waiting); // the remaining items at the end of the time
    }

    /** An item without any cluster left, else the one with the largest regret, else the largest. */
    private int mostToLose(List<Integer> waiting) {
        int item = waiting.get(0);
        for (int other : waiting) {
            if (choices[other].column() == PartialPlacement.NONE) {
                return other;
            }
            item = choices[other].regret() > choices[item].regret() ? other : item;
        }
        return item;
    }

    /** Only neighbours, and items for which this cluster is the best or has become better, can choose differently. */
    private void lookAgain(List<Integer> waiting, int placed, int column) {
        TreeSet<Integer> neighbours = new TreeSet<>(items.rivals(placed));
        items.links(placed).forEach(link -> {
            neighbours.add(items.itemOf(link.from()));
            neighbours.add(items.itemOf(link.to()));
        });
        for (int item : waiting) {
            Choice choice = choices[item];
            boolean concerned = neighbours.contains(item)
                    || choice.column() == column
                    || choice.secondColumn() == column
                    || partialPlacement.increment(item, column) <= choice.second();
            if (concerned) {
                choices[item] = evaluate(item);
            }
        }
    }

    private Choice evaluate(int item) {
        Choice choice = Choice.IMPOSSIBLE;
        for (int column = 0; column < items.clusters(); column++) {
            Optional<Long> increment = partialPlacement.admits(item, column)
                    ? Optional.of(partialPlacement.increment(item, column))
                    : Optional.empty();
            if (increment.isPresent()) {
                choice = better(choice, column, increment.get());
            }
        }
        return choice;
    }

    private Choice better(Choice choice, int column, long increment) {
        boolean wins = choice.column() == PartialPlacement.NONE
                || increment < choice.best()
                || (increment == choice.best()
                        && partialPlacement.usedCpuMillis(column) > partialPlacement.usedCpuMillis(choice.column()));
        if (wins) {
            return new Choice(column, choice.column(), increment, choice.best());
        }
        return increment < choice.second() ? new Choice(choice.column(), column, choice.best(), increment) : choice;
    }
}
