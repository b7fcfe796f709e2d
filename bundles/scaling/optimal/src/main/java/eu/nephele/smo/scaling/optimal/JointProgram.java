// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.scaling.optimal.CapacityUse.CapacityRow;
import eu.nephele.smo.scaling.optimal.program.IntegerProgram;
import eu.nephele.smo.scaling.optimal.program.IntegerSearch;
import eu.nephele.smo.scaling.optimal.program.IntegerSearch.Found;
import eu.nephele.smo.scaling.optimal.program.SearchEffort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The integer program of demands on several clusters: a row for each resource that could become short, one for each service on
 * several clusters; for each share of those the replicas up to the present ones and those beyond, for the others the idle replicas that
 * stay. Services that use nothing that could become short are no part of it.
 */
final class JointProgram {

    /** The basis is a dense matrix of so many rows and columns. */
    private static final int MOST_ROWS = 120;

    private final List<ServiceDemand> demands;
    private final Goal goal;
    private final Map<CapacityRow, Integer> rows = new LinkedHashMap<>();
    private final IntegerProgram.ProgramBuilder builder = new IntegerProgram.ProgramBuilder();
    private final List<Units> columns = new ArrayList<>();

    /** Replicas where all columns are 0. */
    private final List<int[]> base = new ArrayList<>();

    private enum Goal {
        CHEAPEST,
        ANY_THAT_SERVES,
        MOST_OF_THE_LAST
    }

    /**
     * A column: units of a share.
     *
     * @param above replicas of the share to which units of this column are added
     */
    private record Units(int demand, int share, int above, int most) {

        int of(int replicas) {
            return Math.max(0, Math.min(most, replicas - above));
        }
    }

    /**
     * @param replicas by demand and share
     * @param gap by which all of them may be dearer than the cheapest
     */
    record Solved(List<int[]> replicas, double gap) {}

    private JointProgram(List<ServiceDemand> demands, Goal goal) {
        this.demands = demands;
        this.goal = goal;
    }

    /** @return empty if it would be too large */
    static Optional<JointProgram> cheapest(List<ServiceDemand> demands, Collection<CapacityUse> uses) {
        return create(demands, uses, Goal.CHEAPEST);
    }

    /** The same without costs and idle replicas. */
    static Optional<JointProgram> anyThatServes(List<ServiceDemand> demands, Collection<CapacityUse> uses) {
        return create(demands, uses, Goal.ANY_THAT_SERVES);
    }

    /** All but the last demand are served; of that, at least its minima, as much as possible. */
    static Optional<JointProgram> mostOfTheLast(List<ServiceDemand> demands, Collection<CapacityUse> uses) {
        return create(demands, uses, Goal.MOST_OF_THE_LAST);
    }

    private static Optional<JointProgram> create(List<ServiceDemand> demands, Collection<CapacityUse> uses, Goal goal) {
        JointProgram program = new JointProgram(demands, goal);
        for (int i = 0; i < demands.size(); i++) {
            ServiceDemand demand = demands.get(i);
            boolean all = !demand.isShared() && !program.isEnlarged(i);
            program.base.add(all ? new int[] {demand.needed()} : demand.minima());
        }
        program.findRows(uses);
        long shared = demands.stream()
                .filter(program::isPart)
                .filter(ServiceDemand::isShared)
                .count();
        if (program.rows.size() + shared > MOST_ROWS) {
            return Optional.empty();
        }
        program.addRows();
        for (int i = 0; i < demands.size(); i++) {
            program.addColumns(i);
        }
        return Optional.of(program);
    }

    private boolean isEnlarged(int i) {
        return goal == Goal.MOST_OF_THE_LAST && i == demands.size() - 1;
    }

    /** @param start replicas that serve and fit */
    Optional<Solved> solve(Optional<List<int[]>> start, SearchEffort effort) {
        Optional<List<Integer>> known = start.map(replicas -> columns.stream()
                .map(units -> units.of(replicas.get(units.demand())[units.share()]))
                .toList());
        Found found = IntegerSearch.solve(builder.build(), known, effort);
        return found.units().map(units -> {
            for (int j = 0; j < columns.size(); j++) {
                base.get(columns.get(j).demand())[columns.get(j).share()] += units.get(j);
            }
            return new Solved(base, found.gap());
        });
    }

    private void findRows(Collection<CapacityUse> uses) {
        List<int[]> most = demands.stream()
                .map(demand -> demand.isShared()
                        ? demand.mosts()
                        : new int[] {
                            goal == Goal.CHEAPEST ? demand.shares().get(0).cheapest() : demand.needed()
                        })
                .toList();
        for (int i = 0; i < most.size(); i++) {
            demands.get(i).hold(most.get(i));
        }
        for (CapacityUse use : uses) {
            for (int row = 0; row < use.rows(); row++) {
                if (use.excess(row) > 0 && isUsed(new CapacityRow(use, row))) {
                    rows.put(new CapacityRow(use, row), rows.size());
                }
            }
        }
        for (int i = 0; i < most.size(); i++) {
            demands.get(i).release(most.get(i));
        }
    }

    private boolean isUsed(CapacityRow place) {
        return demands.stream().anyMatch(demand -> uses(demand, place));
    }

    private boolean isPart(ServiceDemand demand) {
        return rows.keySet().stream().anyMatch(place -> uses(demand, place));
    }

    private static boolean uses(ServiceDemand demand, CapacityRow place) {
        return demand.shares().stream()
                .anyMatch(share -> place.use() == share.use() && share.need().get(place.row()) > 0);
    }

    private void addRows() {
        for (int i = 0; i < base.size(); i++) {
            demands.get(i).hold(base.get(i));
        }
        rows.keySet().forEach(place -> builder.addRow(-place.use().left(place.row())));
        for (int i = 0; i < base.size(); i++) {
            demands.get(i).release(base.get(i));
        }
    }

    private void addColumns(int i) {
        ServiceDemand demand = demands.get(i);
        if (!isPart(demand)) {
            base.set(i, goal == Goal.CHEAPEST ? demand.cheapest() : demand.anyNeeded());
        } else if (isEnlarged(i)) {
            int row = builder.addRow(ServiceDemand.sum(demand.minima()) - demand.needed());
            int[] minima = demand.minima();
            for (int c = 0; c < minima.length; c++) {
                int most = Math.min(demand.shares().get(c).most(), demand.needed());
                addColumn(new Units(i, c, minima[c], most - minima[c]), -1, Map.of(row, -1L));
            }
        } else if (demand.isShared()) {
            int row = builder.addRow(demand.needed() - ServiceDemand.sum(demand.minima()));
            for (int c = 0; c < demand.shares().size(); c++) {
                ReplicaVariable share = demand.shares().get(c);
                int within = share.presentWithin();
                boolean costs = goal == Goal.CHEAPEST;
                double below = share.usePrice() - share.changePrice();
                double above = share.usePrice() + share.changePrice();
                Map<Integer, Long> serves = Map.of(row, 1L);
                addColumn(new Units(i, c, share.least(), within - share.least()), costs ? below : 0, serves);
                addColumn(new Units(i, c, within, share.most() - within), costs ? above : 0, serves);
            }
        } else if (goal == Goal.CHEAPEST) {
            ReplicaVariable single = demand.shares().get(0);
            int idle = single.cheapest() - single.least();
            addColumn(new Units(i, 0, single.least(), idle), -single.givingBackPrice(), Map.of());
        }
    }

    /** @param ofUnit amounts of one unit in rows that are no resources */
    private void addColumn(Units units, double cost, Map<Integer, Long> ofUnit) {
        if (units.most() <= 0) {
            return;
        }
        ReplicaVariable share = demands.get(units.demand()).shares().get(units.share());
        List<Integer> ofRows = new ArrayList<>(ofUnit.keySet());
        List<Long> amounts = new ArrayList<>(ofUnit.values());
        rows.forEach((place, row) -> {
            if (place.use() == share.use() && share.need().get(place.row()) > 0) {
                ofRows.add(row);
                amounts.add(-share.need().get(place.row()));
            }
        });
        columns.add(units);
        builder.addColumn(cost, 0, units.most(), ofRows, amounts);
    }
}
