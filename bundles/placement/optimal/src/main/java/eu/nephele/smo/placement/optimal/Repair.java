// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes a complete assignment feasible. It takes the cluster with the worst overflow, or an item that conflicts with a
 * neighbour, and makes the best shift or swap of one of its items. Moved items are tabu for a few steps, and the price of the
 * overflow rises while no move helps. Every step is one unit of work.
 */
final class Repair {

    private static final int STEPS_PER_ITEM = 20;
    private static final int LEAST_STEPS = 500;
    private static final double PRICE_RISE = 1.2;
    private static final double NOTHING = 1e-9;

    private final PlacementModel model;
    private final Assignment state;
    private final WorkBudget workBudget;
    private final SplittableRandom random;
    private final double[][] price;
    private final double[] unit;
    private final long[] restUntil;
    private double quarrelPrice = 1;
    private double bestChange;
    private int bestItem;
    private int bestPartner;
    private int bestCluster;

    Repair(Assignment state, WorkBudget workBudget, long seed) {
        this.model = state.model;
        this.state = state;
        this.workBudget = workBudget;
        this.random = new SplittableRandom(seed);
        this.price = new double[model.clusters][model.demand[0].length];
        this.unit = new double[model.demand[0].length];
        this.restUntil = new long[model.items];
        for (double[] row : price) {
            Arrays.fill(row, 1);
        }
        for (int r = 0; r < unit.length; r++) {
            double sum = 0;
            for (long[] demand : model.demand) {
                sum += demand[r];
            }
            unit[r] = Math.max(1, sum / model.items);
        }
    }

    boolean run() {
        long steps = Math.max(LEAST_STEPS, (long) STEPS_PER_ITEM * model.items);
        for (long step = 0; step < steps; step++) {
            int cluster = worstCluster();
            int quarreller = cluster == Assignment.NOWHERE ? quarreller() : Assignment.NOWHERE;
            if (cluster == Assignment.NOWHERE && quarreller == Assignment.NOWHERE) {
                return true;
            }
            if (!workBudget.spend()) {
                return false;
            }
            search(cluster, quarreller, step);
            apply(cluster, step);
        }
        return false;
    }

    private void search(int cluster, int quarreller, long step) {
        bestChange = Double.POSITIVE_INFINITY;
        bestItem = Assignment.NOWHERE;
        for (int item = 0; item < model.items; item++) {
            boolean concerned = cluster == Assignment.NOWHERE ? item == quarreller : state.at[item] == cluster;
            if (concerned && restUntil[item] <= step) {
                tryShifts(item);
                trySwaps(item, step);
            }
        }
    }

    private void apply(int cluster, long step) {
        if (bestChange > -NOTHING) {
            raisePrices(cluster);
        }
        if (bestItem == Assignment.NOWHERE) {
            return;
        }
        int from = state.take(bestItem);
        state.put(bestItem, bestCluster);
        restUntil[bestItem] = step + 3 + random.nextInt(8);
        if (bestPartner != Assignment.NOWHERE) {
            state.take(bestPartner);
            state.put(bestPartner, from);
            restUntil[bestPartner] = step + 3 + random.nextInt(8);
        }
    }

    private void raisePrices(int cluster) {
        if (cluster == Assignment.NOWHERE) {
            quarrelPrice *= PRICE_RISE;
            return;
        }
        for (int r = 0; r < unit.length; r++) {
            if (state.used[cluster][r] > model.free[cluster][r]) {
                price[cluster][r] *= PRICE_RISE;
            }
        }
    }

    private void tryShifts(int item) {
        int from = state.at[item];
        for (int to = 0; to < model.clusters; to++) {
            if (to != from && model.allowed[item][to]) {
                double before = overflow(from) + overflow(to) + quarrel(item);
                state.take(item);
                state.put(item, to);
                offer(overflow(from) + overflow(to) + quarrel(item) - before, item, Assignment.NOWHERE, to);
                state.take(item);
                state.put(item, from);
            }
        }
    }

    private void trySwaps(int item, long step) {
        int from = state.at[item];
        for (int partner = 0; partner < model.items; partner++) {
            int to = state.at[partner];
            boolean possible = to != from && model.allowed[item][to] && model.allowed[partner][from];
            if (possible && restUntil[partner] <= step) {
                double before = overflow(from) + overflow(to) + quarrel(item) + quarrel(partner);
                exchange(item, to, partner, from);
                double after = overflow(from) + overflow(to) + quarrel(item) + quarrel(partner);
                offer(after - before, item, partner, to);
                exchange(item, from, partner, to);
            }
        }
    }

    private void exchange(int item, int cluster, int partner, int partnerCluster) {
        state.take(item);
        state.take(partner);
        state.put(item, cluster);
        state.put(partner, partnerCluster);
    }

    private void offer(double change, int item, int partner, int cluster) {
        if (change < bestChange - NOTHING) {
            bestChange = change;
            bestItem = item;
            bestPartner = partner;
            bestCluster = cluster;
        }
    }

    private double quarrel(int item) {
        return quarrelPrice * state.quarrels(item, state.at[item]);
    }

    private double overflow(int cluster) {
        double sum = 0;
        for (int r = 0; r < unit.length; r++) {
            long over = state.used[cluster][r] - model.free[cluster][r];
            sum += over > 0 ? price[cluster][r] * over / unit[r] : 0;
        }
        return sum;
    }

    private int worstCluster() {
        int worst = Assignment.NOWHERE;
        double most = 0;
        for (int cluster = 0; cluster < model.clusters; cluster++) {
            double overflow = overflow(cluster);
            if (overflow > most) {
                most = overflow;
                worst = cluster;
            }
        }
        return worst;
    }

    private int quarreller() {
        for (int item = 0; item < model.items; item++) {
            if (state.quarrels(item, state.at[item]) > 0 && random.nextInt(3) > 0) {
                return item;
            }
        }
        for (int item = 0; item < model.items; item++) {
            if (state.quarrels(item, state.at[item]) > 0) {
                return item;
            }
        }
        return Assignment.NOWHERE;
    }
}
