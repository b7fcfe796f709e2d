// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.scaling.optimal.CapacityUse.CapacityRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A demand and the replicas of its service that are held in the use of the clusters. */
final class HeldDemand {

    private final ServiceDemand demand;
    private final int growth;
    private int[] held;

    /** Nothing is held at first. */
    HeldDemand(ServiceDemand demand) {
        this.demand = demand;
        this.growth = demand.growth();
        this.held = new int[demand.shares().size()];
    }

    ServiceDemand demand() {
        return demand;
    }

    /** As {@link ServiceDemand#growth()}; asked for by each comparison of two services. */
    int growth() {
        return growth;
    }

    boolean grows() {
        return demand.withoutGrowth().isEmpty();
    }

    int[] held() {
        return held.clone();
    }

    /** Replicas on all clusters of the service. */
    int total() {
        return ServiceDemand.sum(held);
    }

    /** Whether others than the present replicas are held. */
    boolean isMoved() {
        return !Arrays.equals(held, demand.presents());
    }

    void replace(int... replicas) {
        demand.release(held);
        demand.hold(replicas);
        held = replicas.clone();
    }

    void release() {
        demand.release(held);
    }

    /** Returns the demand as far as the replicas held serve it. */
    ServiceDemand served() {
        return demand.upTo(total());
    }

    /** Returns what nobody of the same priority takes away: the needed replicas, at most the present ones that are allowed. */
    int[] secured() {
        return demand.withoutGrowth().orElseGet(demand::presentsAllowed);
    }

    /** Returns what nobody takes away: the minima, at most the secured replicas. */
    int[] floor() {
        int[] floor = secured();
        int[] minima = demand.minima();
        for (int c = 0; c < floor.length; c++) {
            floor[c] = Math.min(floor[c], minima[c]);
        }
        return floor;
    }

    /** Returns as many of the secured replicas as there is room for; those held are the fewest. */
    int[] roomForSecured() {
        int[] room = held();
        int[] secured = secured();
        for (int c = 0; c < room.length; c++) {
            ReplicaVariable share = demand.shares().get(c);
            room[c] += share.use().roomFor(share.need(), secured[c] - room[c]);
        }
        return room;
    }

    /** Returns the needed replicas where there is room for them in the place of those held. */
    Optional<int[]> grown() {
        return demand.divide(demand.needed(), demand.leasts(), room());
    }

    /**
     * Returns as many replicas as there is room for in the place of those held, at most the needed ones; those held if that is no
     * more. As many that fit and are allowed are better than some that do not, or are not.
     */
    int[] part() {
        int enough = isPossible() ? total() + 1 : total();
        return part(enough, demand.minima())
                .or(() -> part(total() + 1, atLeastHeld()))
                .orElseGet(this::held);
    }

    /**
     * @param enough replicas on all clusters; empty if there is no room for so many
     * @param least by cluster; where there is no room for so many, nothing changes
     */
    private Optional<int[]> part(int enough, int... least) {
        int[] from = demand.minima();
        int[] most = room();
        for (int c = 0; c < most.length; c++) {
            if (most[c] < least[c]) {
                from[c] = held[c];
                most[c] = held[c];
            }
        }
        int total = Math.min(demand.needed(), ServiceDemand.sum(most));
        return total >= enough ? demand.divide(total, from, most) : Optional.empty();
    }

    /** Returns the minima, or those held where that is more. */
    private int[] atLeastHeld() {
        int[] least = demand.minima();
        for (int c = 0; c < least.length; c++) {
            least[c] = Math.max(least[c], held[c]);
        }
        return least;
    }

    /** Returns how many replicas there is room for on each cluster in the place of those held, at most its maximum. */
    private int[] room() {
        int[] most = demand.mosts();
        demand.release(held);
        for (int c = 0; c < most.length; c++) {
            ReplicaVariable share = demand.shares().get(c);
            most[c] = share.use().roomFor(share.need(), most[c]);
        }
        demand.hold(held);
        return most;
    }

    /** Returns the resources that the service needs and of which there is not enough. */
    List<CapacityRow> overfull() {
        List<CapacityRow> overfull = List.of();
        for (ReplicaVariable share : demand.shares()) {
            for (int row = 0; row < share.use().rows(); row++) {
                if (share.need().get(row) > 0 && share.use().excess(row) > 0) {
                    overfull = overfull.isEmpty() ? new ArrayList<>() : overfull;
                    overfull.add(new CapacityRow(share.use(), row));
                }
            }
        }
        return overfull;
    }

    boolean isOverfull() {
        return !overfull().isEmpty();
    }

    /** Whether the replicas held fit, and are allowed. */
    boolean isPossible() {
        int[] minima = demand.minima();
        int[] mosts = demand.mosts();
        for (int c = 0; c < held.length; c++) {
            if (held[c] < minima[c] || held[c] > mosts[c]) {
                return false;
            }
        }
        return !isOverfull();
    }
}
