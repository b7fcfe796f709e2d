// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Finds good placements without a proof: insertion by size, repair and local search first; then rounds that remove some items
 * (random ones or those of whole clusters), insert them in another order and keep results that are not worse.
 */
final class Heuristic {

    private static final int SHARE_OF_ITEMS = 6;
    private static final int LEAST_ITEMS = 3;

    private final PlacementModel model;
    private final WorkBudget workBudget;
    private final Incumbent incumbent;
    private final SplittableRandom random;
    private int stuck = Assignment.NOWHERE;

    Heuristic(PlacementModel model, WorkBudget workBudget, Incumbent incumbent, long seed) {
        this.model = model;
        this.workBudget = workBudget;
        this.incumbent = incumbent;
        this.random = new SplittableRandom(seed);
    }

    void begin() {
        Assignment assignment = new Assignment(model);
        stuck = new Insertion(assignment).insert(Insertion.bySize(model));
        finish(assignment, stuck == Assignment.NOWHERE);
    }

    /** Returns an item that found no cluster in the first attempt; the first item if all did. */
    int stuck() {
        return Math.max(0, stuck);
    }

    /** Tries to improve the incumbent, if one exists and the work budget is not used up. */
    void rounds(int count) {
        int[] current = incumbent.at();
        for (int round = 0; round < count && incumbent.exists() && workBudget.spend(); round++) {
            Assignment assignment = new Assignment(model);
            for (int item = 0; item < model.items; item++) {
                assignment.put(item, current[item]);
            }
            List<Integer> out = random.nextBoolean() ? someItems() : itemsOfTwoClusters(current);
            out.forEach(assignment::take);
            boolean fits = new Insertion(assignment).insert(out) == Assignment.NOWHERE;
            if (finish(assignment, fits) && Arrays.compare(model.key(assignment.at), model.key(current)) <= 0) {
                current = assignment.at.clone();
            }
        }
    }

    private boolean finish(Assignment assignment, boolean fits) {
        boolean feasible = fits || new Repair(assignment, workBudget, random.nextLong()).run();
        if (feasible) {
            new LocalSearch(assignment, workBudget).run();
            incumbent.offer(assignment.at, model.key(assignment.at));
        }
        return feasible;
    }

    private List<Integer> someItems() {
        List<Integer> items = new ArrayList<>();
        for (int item = 0; item < model.items; item++) {
            items.add(item);
        }
        int count = Math.min(model.items, Math.max(LEAST_ITEMS, model.items / SHARE_OF_ITEMS));
        return shuffled(items).subList(0, count);
    }

    private List<Integer> itemsOfTwoClusters(int[] at) {
        int one = at[random.nextInt(model.items)];
        int other = at[random.nextInt(model.items)];
        List<Integer> items = new ArrayList<>();
        for (int item = 0; item < model.items; item++) {
            if (at[item] == one || at[item] == other) {
                items.add(item);
            }
        }
        return shuffled(items);
    }

    private List<Integer> shuffled(List<Integer> items) {
        for (int i = items.size() - 1; i > 0; i--) {
            Collections.swap(items, i, random.nextInt(i + 1));
        }
        return items;
    }
}
