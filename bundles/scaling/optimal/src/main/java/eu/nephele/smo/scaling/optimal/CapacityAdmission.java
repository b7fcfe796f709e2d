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
 * keeps the present replicas, with one exception: what a higher priority has taken is missing to the lower ones, down to their
 * minima. When all fit, all are admitted.
 */
final class CapacityAdmission {

    private static final Comparator<HeldDemand> LEAST_GROWTH = Comparator.<HeldDemand>comparingInt(
                    held -> held.demand().growth())
            .thenComparingInt(held -> held.demand().index());

    private final AdmissionAnswers answers;
    private final ServedBefore served = new ServedBefore();
    private final Rearrangement rearrangement;
    private final List<HeldDemand> admitted = new ArrayList<>();
    private final List<ServiceDemand> apart = new ArrayList<>();

    /** Finds other replicas for those who are admitted, so that one more fits. */
    @FunctionalInterface
    interface Rearrangement {

        /** Replaces the replicas of all of them; returns false if nothing was found. */
        boolean makeRoom(List<HeldDemand> admitted, HeldDemand more);
    }

    /** @param answers receives those of services that are not admitted; their replicas stay held */
    CapacityAdmission(AdmissionAnswers answers, Rearrangement rearrangement) {
        this.answers = answers;
        this.rearrangement = rearrangement;
    }

    /** The services on several clusters that cannot be served as a whole. No answer is given for them. */
    List<ServiceDemand> apart() {
        return apart;
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
        admitted.sort(Comparator.comparingInt(held -> held.demand().index()));
        return admitted;
    }

    private boolean allFit(List<ServiceDemand> demands) {
        for (ServiceDemand demand : demands) {
            HeldDemand held = new HeldDemand(demand);
            held.replace(demand.anyNeeded());
            admitted.add(held);
        }
        int last = admitted.size() - 1;
        boolean fit = admitted.stream().allMatch(held -> held.overfull().isEmpty())
                || rearrangement.makeRoom(admitted.subList(0, last), admitted.get(last));
        admitted.forEach(HeldDemand::release);
        if (!fit) {
            admitted.clear();
        }
        return fit;
    }

    private void admitLevel(List<HeldDemand> level) {
        List<HeldDemand> staying = new ArrayList<>();
        List<HeldDemand> growing = new ArrayList<>();
        level.stream().sorted(LEAST_GROWTH).forEach(held -> {
            if (restore(held)) {
                (held.grows() ? growing : staying).add(held);
            }
        });
        staying.sort(Comparator.comparingInt(held -> held.demand().index()));
        refuseWhatStaysOverfull(staying);
        staying.forEach(served::stays);
        admitted.addAll(staying);
        growing.forEach(this::grow);
    }

    /** Holds what a service of a lower priority has, or what is left of it; returns whether it is all. */
    private boolean restore(HeldDemand held) {
        int[] floor = held.held();
        held.replace(held.secured());
        Optional<String> taken = held.overfull().flatMap(place -> served.higher(held.demand(), place));
        if (taken.isEmpty()) {
            return true;
        }
        held.replace(floor);
        held.replace(held.roomUpTo(held.secured()));
        answers.limited(held, taken.get());
        return false;
    }

    /** A refused one keeps its present replicas, which may leave too little for the next: repeated until nothing changes. */
    private void refuseWhatStaysOverfull(List<HeldDemand> staying) {
        boolean changed = true;
        while (changed) {
            changed = staying.removeIf(held -> {
                Optional<CapacityUse.CapacityRow> place = held.overfull();
                place.ifPresent(overfull -> refuse(held, overfull));
                return place.isPresent();
            });
        }
    }

    private void grow(HeldDemand held) {
        Optional<int[]> grown = held.grown();
        if (grown.isPresent()) {
            held.replace(grown.get());
        } else if (!rearrangement.makeRoom(admitted, held)) {
            refuseGrowth(held);
            return;
        }
        served.grows(held);
        admitted.add(held);
    }

    private void refuseGrowth(HeldDemand held) {
        if (held.demand().isShared()) {
            apart.add(held.demand());
        } else {
            held.replace(new int[] {held.demand().needed()});
            refuse(held, held.overfull().orElseThrow());
        }
    }

    private void refuse(HeldDemand held, CapacityUse.CapacityRow overfull) {
        answers.refused(held, overfull.shortageText(), served.before(held.demand(), overfull));
        held.replace(held.demand().presents());
    }
}
