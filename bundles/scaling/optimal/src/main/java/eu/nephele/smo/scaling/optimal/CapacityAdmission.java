// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Chooses who is served when the replicas that all services need at least do not fit together. The higher priority goes first. Of the
 * same priority, services that need no more than they have come first, then those that grow by the fewest replicas. Who finds no room
 * for all that is needed gets as many replicas as fit, in the same order, after those of the same priority that are served as a
 * whole. What a higher priority has taken is missing to the lower ones, down to their minima; nobody else has less than before. When
 * all fit, all are admitted.
 */
final class CapacityAdmission {

    private static final Comparator<HeldDemand> IN_ORDER =
            Comparator.comparingInt(held -> held.demand().index());

    private static final Comparator<HeldDemand> LEAST_GROWTH =
            Comparator.comparingInt(HeldDemand::growth).thenComparing(IN_ORDER);

    private final Rearrangement rearrangement;
    private final ServedBefore served = new ServedBefore();
    private final List<HeldDemand> admitted = new ArrayList<>();
    private final List<LackingDemand> lacking = new ArrayList<>();

    /** Services on several clusters whose replicas are decided, and may be divided in another way. */
    private final List<HeldDemand> movable = new ArrayList<>();

    /** Divides replicas of services on several clusters in another way, so that there is room for others. */
    interface Rearrangement {

        /** Replaces the replicas of all of them by as many that fit; returns false if none were found. */
        boolean makeRoom(List<HeldDemand> movable, HeldDemand more);

        /** Replaces the replicas of all of them where that makes those of the last one more, at most the needed ones. */
        void enlarge(List<HeldDemand> movable, HeldDemand last);
    }

    CapacityAdmission(Rearrangement rearrangement) {
        this.rearrangement = rearrangement;
    }

    /** The services that are not admitted, those served first first; their replicas stay held. */
    List<LackingDemand> lacking() {
        return lacking;
    }

    /** The admitted, with replicas that are enough and fit together, and which are not held any more. */
    List<HeldDemand> admit(List<ServiceDemand> demands) {
        if (allFit(demands)) {
            return admitted;
        }
        Map<Integer, List<HeldDemand>> levels = new TreeMap<>(Comparator.reverseOrder());
        for (ServiceDemand demand : demands) {
            levels.computeIfAbsent(demand.priority(), priority -> new ArrayList<>())
                    .add(new HeldDemand(demand));
        }
        boolean highest = true;
        for (List<HeldDemand> level : levels.values()) {
            for (HeldDemand held : level) {
                held.replace(highest ? held.secured() : held.floor());
            }
            highest = false;
        }
        levels.values().forEach(this::admitLevel);
        admitted.forEach(HeldDemand::release);
        admitted.sort(IN_ORDER);
        return admitted;
    }

    private boolean allFit(List<ServiceDemand> demands) {
        if (demands.stream().anyMatch(ServiceDemand::isTooLarge)) {
            return false;
        }
        for (ServiceDemand demand : demands) {
            HeldDemand held = new HeldDemand(demand);
            held.replace(demand.anyNeeded());
            admitted.add(held);
        }
        boolean fit = isNobodyOverfull() || (rearrangeAll() && isNobodyOverfull());
        admitted.forEach(HeldDemand::release);
        if (!fit) {
            admitted.clear();
        }
        return fit;
    }

    private boolean isNobodyOverfull() {
        return admitted.stream().noneMatch(HeldDemand::isOverfull);
    }

    private boolean rearrangeAll() {
        List<HeldDemand> shared =
                admitted.stream().filter(held -> held.demand().isShared()).toList();
        int last = shared.size() - 1;
        return last >= 0 && rearrangement.makeRoom(shared.subList(0, last), shared.get(last));
    }

    private void admitLevel(List<HeldDemand> level) {
        List<HeldDemand> staying = new ArrayList<>();
        List<HeldDemand> others = new ArrayList<>();
        level.stream().sorted(LEAST_GROWTH).forEach(held -> (restore(held) && !held.grows() ? staying : others)
                .add(held));
        staying.sort(IN_ORDER);
        others.addAll(refuseWhatStaysOverfull(staying));
        others.sort(LEAST_GROWTH);
        for (HeldDemand held : staying) {
            served.stays(held);
            admit(held);
        }
        List<HeldDemand> partly = new ArrayList<>();
        for (HeldDemand held : others) {
            if (isServedAsAWhole(held)) {
                admitGrown(held);
            } else {
                partly.add(held);
            }
        }
        partly.forEach(this::servePart);
    }

    private void admitGrown(HeldDemand held) {
        served.grows(held);
        admit(held);
    }

    private void admit(HeldDemand held) {
        admitted.add(held);
        if (held.demand().isShared()) {
            movable.add(held);
        }
    }

    /** Holds what a service of a lower priority has, or what is left of it; returns whether it is all. */
    private boolean restore(HeldDemand held) {
        int[] floor = held.held();
        held.replace(held.secured());
        if (!lacksWhatAHigherOneTook(held)) {
            return true;
        }
        held.replace(floor);
        held.replace(held.roomForSecured());
        return false;
    }

    private boolean lacksWhatAHigherOneTook(HeldDemand held) {
        return held.overfull().stream().anyMatch(place -> served.isHigherServed(held.demand(), place));
    }

    /**
     * A refused one keeps its present replicas, which may leave too little for the next: repeated until nothing changes. Returns those
     * who cannot keep them.
     */
    private List<HeldDemand> refuseWhatStaysOverfull(List<HeldDemand> staying) {
        List<HeldDemand> limited = new ArrayList<>();
        boolean changed = true;
        while (changed) {
            changed = staying.removeIf(held -> {
                boolean overfull = held.isOverfull();
                if (overfull) {
                    LackingDemand refused = LackingDemand.create(held, served);
                    if (keepPresent(held)) {
                        lacking.add(refused);
                    } else {
                        limited.add(held);
                    }
                }
                return overfull;
            });
        }
        return limited;
    }

    /** The present replicas may be more than the needed ones: they do not come before those of a higher priority. */
    private boolean keepPresent(HeldDemand held) {
        held.replace(held.demand().presents());
        if (!lacksWhatAHigherOneTook(held)) {
            return true;
        }
        held.replace(held.floor());
        held.replace(held.roomForSecured());
        return false;
    }

    private boolean isServedAsAWhole(HeldDemand held) {
        Optional<int[]> grown = held.grown();
        grown.ifPresent(held::replace);
        return grown.isPresent() || makeRoom(held);
    }

    private boolean makeRoom(HeldDemand held) {
        return canRearrange(held) && !held.demand().isTooLarge() && rearrangement.makeRoom(movable, held);
    }

    private boolean canRearrange(HeldDemand held) {
        return held.demand().isShared() || !movable.isEmpty();
    }

    private void servePart(HeldDemand held) {
        int[] before = held.held();
        Optional<int[]> grown = held.grown();
        if (grown.isPresent()) {
            // the part of another one is divided in another way than what it had
            held.replace(grown.get());
            admitGrown(held);
            return;
        }
        held.replace(held.demand().anyNeeded());
        LackingDemand part = LackingDemand.create(held, served);
        held.replace(before);
        held.replace(held.part());
        if (canRearrange(held)) {
            rearrangement.enlarge(movable, held);
        }
        if (held.isPossible() && held.total() >= held.demand().needed()) {
            admitGrown(held);
            return;
        }
        lacking.add(part);
        if (held.total() > ServiceDemand.sum(held.demand().presents())) {
            served.grows(held);
        }
        boolean moves = held.demand().isShared() && held.isPossible();
        if (moves) {
            movable.add(held);
        }
        if (moves || held.isMoved()) {
            served.mayMove(held);
        }
    }
}
