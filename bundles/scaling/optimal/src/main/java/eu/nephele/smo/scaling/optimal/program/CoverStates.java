// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import eu.nephele.smo.scaling.optimal.program.CoveringKnapsack.ReplicaKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The covers that differ from the break solution only in a window of kinds around the break, without those that another one
 * surpasses in amount and price, and without those that cannot become better than the best one, whatever is done outside the window.
 * When none is left the best one is proven.
 *
 * <p>The bound of a state: what it lacks costs at least the ratio of the next kind after the window, what it has too much saves at most
 * that of the next one before it.
 */
final class CoverStates {

    /** Units of one kind that are used together or not at all: 1, 2, 4 … make every number. Negative ones are taken back. */
    private record Parcel(int kind, int units) {}

    private final List<ReplicaKind> kinds;
    private final int[] breakUnits;
    private final double tolerance;
    private final List<Parcel> parcels = new ArrayList<>();
    private final DecisionTrail trail = new DecisionTrail();

    /** First and last kind of the window. */
    private int first;

    private int last;
    private StateList states = new StateList(1);
    private double bestPrice = Double.POSITIVE_INFINITY;
    private int bestTrail = DecisionTrail.ROOT;
    private Parcel bestExtra = new Parcel(0, 0);
    private long work;

    /**
     * @param breakUnits units of each kind, which together lack {@code lack}
     * @param at the kind at the break
     * @param tolerance prices that differ by less are equal
     */
    CoverStates(List<ReplicaKind> kinds, int[] breakUnits, int at, long lack, double tolerance) {
        this.kinds = kinds;
        this.breakUnits = breakUnits.clone();
        this.tolerance = tolerance;
        this.first = at;
        this.last = at;
        states.add(-lack, 0, DecisionTrail.ROOT);
        for (int kind = at; kind < kinds.size(); kind++) {
            long units = (lack + kinds.get(kind).size() - 1) / kinds.get(kind).size();
            double price = units * kinds.get(kind).price();
            if (units <= kinds.get(kind).room() - breakUnits[kind] && price < bestPrice) {
                bestPrice = price;
                bestExtra = new Parcel(kind, (int) units);
            }
        }
        add(at, kinds.get(at).room() - breakUnits[at]);
        takeBack(at, breakUnits[at]);
    }

    boolean areOpen() {
        return states.size() > 0;
    }

    /** Takes the kind into the window whose ratio is nearer to that at the break; returns the steps that it took. */
    long widen() {
        long before = work;
        widenOnce();
        return work - before;
    }

    private void widenOnce() {
        double after = ratioAfter() - kinds.get(last).ratio();
        double before = first == 0 ? Double.POSITIVE_INFINITY : kinds.get(first).ratio() - ratioBefore();
        if (last + 1 < kinds.size() && after <= before) {
            last++;
            add(last, kinds.get(last).room());
        } else if (first > 0) {
            first--;
            takeBack(first, kinds.get(first).room());
        } else {
            // nothing is left to be combined: what is open is not better
            states = new StateList(1);
        }
    }

    /** Returns the units of each kind. */
    int[] best() {
        int[] units = breakUnits.clone();
        units[bestExtra.kind()] += bestExtra.units();
        for (int at = bestTrail; at != DecisionTrail.ROOT; at = trail.before(at)) {
            Parcel parcel = parcels.get(trail.decision(at));
            units[parcel.kind()] += parcel.units();
        }
        return units;
    }

    /** Returns the most that another cover could save; 0 if none can. */
    double gap() {
        double gap = 0;
        for (int i = 0; i < states.size(); i++) {
            gap = Math.max(gap, bestPrice - bound(states.spare(i), states.price(i), ratioBefore(), ratioAfter()));
        }
        return gap;
    }

    private double ratioAfter() {
        return last + 1 < kinds.size() ? kinds.get(last + 1).ratio() : Double.POSITIVE_INFINITY;
    }

    private double ratioBefore() {
        return first > 0 ? kinds.get(first - 1).ratio() : 0;
    }

    private void add(int kind, int room) {
        combine(kind, room, 1);
    }

    private void takeBack(int kind, int room) {
        combine(kind, room, -1);
    }

    private void combine(int kind, int room, int sign) {
        int left = room;
        for (int units = 1; left > 0; units *= 2) {
            int parcel = Math.min(units, left);
            left -= parcel;
            // until the last parcel of the kind there is more of it to come
            double ratio = kinds.get(kind).ratio();
            combine(
                    new Parcel(kind, sign * parcel),
                    left > 0 && sign < 0 ? ratio : ratioBefore(),
                    left > 0 && sign > 0 ? ratio : ratioAfter());
        }
        if (room == 0) {
            combine(new Parcel(kind, 0), ratioBefore(), ratioAfter());
        }
    }

    /** Adds each state with the parcel; both lists are ordered by what is spare, the most first. */
    private void combine(Parcel parcel, double ratioBefore, double ratioAfter) {
        long size = kinds.get(parcel.kind()).size() * parcel.units();
        double price = kinds.get(parcel.kind()).price() * parcel.units();
        int number = parcels.size();
        parcels.add(parcel);
        work += 2L * states.size();
        StateList next = new StateList(2 * states.size());
        double cheapest = Double.POSITIVE_INFINITY;
        int without = 0;
        int with = 0;
        while (without < states.size() || with < states.size()) {
            boolean isNew = isFirst(with, size, price, without);
            long spare = isNew ? states.spare(with) + size : states.spare(without);
            double all = isNew ? states.price(with) + price : states.price(without);
            if (all < cheapest) {
                cheapest = all;
                if (bound(spare, all, ratioBefore, ratioAfter) < bestPrice - tolerance
                        || (spare >= 0 && all < bestPrice)) {
                    int end = isNew ? trail.add(states.trail(with), number) : states.trail(without);
                    record(spare, all, end);
                    next.add(spare, all, end);
                }
            }
            with += isNew ? 1 : 0;
            without += isNew ? 0 : 1;
        }
        states = next;
        states.removeIf((spare, all) -> bound(spare, all, ratioBefore, ratioAfter) >= bestPrice - tolerance);
    }

    private boolean isFirst(int with, long size, double price, int without) {
        if (with >= states.size() || without >= states.size()) {
            return with < states.size();
        }
        long difference = states.spare(with) + size - states.spare(without);
        return difference > 0 || (difference == 0 && states.price(with) + price < states.price(without));
    }

    private void record(long spare, double price, int end) {
        if (spare >= 0 && price < bestPrice) {
            bestPrice = price;
            bestTrail = end;
            bestExtra = new Parcel(0, 0);
        }
    }

    private static double bound(long spare, double price, double ratioBefore, double ratioAfter) {
        return price - spare * (spare < 0 ? ratioAfter : ratioBefore);
    }
}
