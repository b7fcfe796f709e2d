// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.scaling.optimal.JointProgram.Solved;
import eu.nephele.smo.scaling.optimal.SharedCapacity.Decision;
import eu.nephele.smo.scaling.optimal.program.SearchEffort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds the cheapest replicas of services on several clusters within the capacities of all of these. A first answer keeps their
 * replicas as admitted and decides cluster by cluster; an integer program goes on from there. Where that would have too many rows, the
 * first answer stays, with its distance from what would be cheapest without capacities.
 */
final class JointCapacity implements CapacityAdmission.Rearrangement {

    /** Part of the effort for the first answer, cluster by cluster. */
    private static final int FIRST_PART = 10;

    /** Who is served and what is cheapest then are searched with the same effort. */
    private static final int ROOM_AND_COST = 2;

    /** What building a program costs. */
    private static final long STEPS_PER_DEMAND = 100;

    private final Collection<CapacityUse> uses;
    private final SearchEffort effort;
    private final SearchEffort forRoom;

    /** @param uses of all clusters of the component */
    JointCapacity(Collection<CapacityUse> uses, SearchEffort effort) {
        this.uses = uses;
        this.effort = effort;
        this.forRoom = effort.part(ROOM_AND_COST);
    }

    @Override
    public boolean makeRoom(List<HeldDemand> movable, HeldDemand more) {
        return rearrange(movable, more, demands -> JointProgram.anyThatServes(demands, uses), solved -> true);
    }

    @Override
    public void enlarge(List<HeldDemand> movable, HeldDemand last) {
        int before = last.total();
        rearrange(
                movable,
                last,
                demands -> JointProgram.mostOfTheLast(demands, uses),
                solved -> ServiceDemand.sum(solved.replicas().get(movable.size())) > before);
    }

    /** @param isBetter whether the replicas are replaced by these */
    private boolean rearrange(
            List<HeldDemand> movable,
            HeldDemand last,
            Function<List<ServiceDemand>, Optional<JointProgram>> program,
            Predicate<Solved> isBetter) {
        if (forRoom.isOver()) {
            return false;
        }
        List<HeldDemand> all = new ArrayList<>(movable);
        all.add(last);
        forRoom.spend(STEPS_PER_DEMAND * all.size());
        List<ServiceDemand> demands = new ArrayList<>();
        movable.forEach(held -> demands.add(held.served()));
        demands.add(last.demand());
        List<int[]> before = all.stream().map(HeldDemand::held).toList();
        all.forEach(held -> held.replace(new int[held.held().length]));
        Optional<Solved> solved = program.apply(demands)
                .flatMap(problem -> problem.solve(Optional.empty(), forRoom))
                .filter(isBetter);
        for (int i = 0; i < all.size(); i++) {
            all.get(i).replace(solved.isPresent() ? solved.get().replicas().get(i) : before.get(i));
        }
        return solved.isPresent();
    }

    /** @param admitted with replicas that serve their demands and fit, and which are not held; the decided ones are held then */
    void decide(List<HeldDemand> admitted, ScalingBatch batch) {
        List<ServiceDemand> demands = demands(admitted);
        List<int[]> first = clusterByCluster(admitted);
        double cheapest = 0;
        double cost = 0;
        for (int i = 0; i < first.size(); i++) {
            cheapest += demands.get(i).cost(demands.get(i).cheapest());
            cost += demands.get(i).cost(first.get(i));
        }
        Solved solved = JointProgram.cheapest(demands, uses)
                .flatMap(program -> program.solve(Optional.of(first), effort))
                .orElse(new Solved(first, cost - cheapest));
        batch.answer(demands, solved.replicas(), scarce(demands), solved.gap());
        for (int i = 0; i < first.size(); i++) {
            demands.get(i).hold(solved.replicas().get(i));
        }
    }

    /** Returns what is short if everybody gets what is cheapest alone. */
    private List<String> scarce(List<ServiceDemand> demands) {
        demands.forEach(demand -> demand.hold(demand.cheapest()));
        List<String> scarce = new ArrayList<>();
        for (CapacityUse use : uses) {
            for (int row = 0; row < use.rows(); row++) {
                if (use.excess(row) > 0) {
                    scarce.add(use.placeText(row));
                }
            }
        }
        demands.forEach(demand -> demand.release(demand.cheapest()));
        return scarce;
    }

    private List<int[]> clusterByCluster(List<HeldDemand> admitted) {
        List<int[]> replicas = new ArrayList<>();
        admitted.stream().filter(held -> held.demand().isShared()).forEach(held -> held.demand()
                .hold(held.held()));
        admitted.forEach(held -> replicas.add(held.held()));
        SearchEffort part = effort.part(FIRST_PART);
        int left = uses.size();
        for (CapacityUse use : uses) {
            List<Integer> there = new ArrayList<>();
            for (int i = 0; i < admitted.size(); i++) {
                ServiceDemand demand = admitted.get(i).demand();
                if (!demand.isShared() && demand.shares().get(0).use() == use) {
                    there.add(i);
                }
            }
            List<ReplicaVariable> candidates = there.stream()
                    .map(i -> admitted.get(i).demand().shares().get(0))
                    .toList();
            Decision decision = new SharedCapacity(use, part.part(left--)).decide(candidates);
            for (int i = 0; i < there.size(); i++) {
                replicas.set(there.get(i), new int[] {decision.replicas().get(i)});
            }
        }
        for (int i = 0; i < replicas.size(); i++) {
            admitted.get(i).demand().release(replicas.get(i));
        }
        return replicas;
    }

    private static List<ServiceDemand> demands(List<HeldDemand> held) {
        return held.stream().map(HeldDemand::demand).toList();
    }
}
