// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/**
 * Chooses who is served when the replicas that all targets of a cluster need at least do not fit together. Targets that need no
 * more than they have come first, then those that grow by the fewest replicas; who finds no room keeps its present replicas.
 * When all fit, all are admitted.
 */
final class Admission {

    private final CapacityUse use;
    private final BiConsumer<Candidate, Infeasible> refused;

    /**
     * @param use holds what is not up for decision; afterwards also the refused candidates with their present replicas
     * @param refused takes the answer of a candidate that is not admitted
     */
    Admission(CapacityUse use, BiConsumer<Candidate, Infeasible> refused) {
        this.use = use;
        this.refused = refused;
    }

    /** The admitted, of which nothing is held. The least replicas of all of them fit together. */
    List<Candidate> admit(List<Candidate> candidates) {
        List<Candidate> growing = new ArrayList<>();
        List<Candidate> admitted = new ArrayList<>();
        for (Candidate candidate : candidates) {
            boolean grows = candidate.least() > candidate.present();
            use.hold(candidate.need(), grows ? candidate.present() : candidate.least());
            (grows ? growing : admitted).add(candidate);
        }
        refuseWhatStaysOverfull(admitted);
        growing.sort(Comparator.<Candidate>comparingInt(candidate -> candidate.least() - candidate.present())
                .thenComparingInt(Candidate::index));
        growing.stream().filter(this::grow).forEach(admitted::add);
        admitted.forEach(candidate -> use.release(candidate.need(), candidate.least()));
        admitted.sort(Comparator.comparingInt(Candidate::index));
        return admitted;
    }

    /** Refusing one gives its present replicas back to it, which may leave too little for the next: until nothing changes. */
    private void refuseWhatStaysOverfull(List<Candidate> admitted) {
        boolean changed = true;
        while (changed) {
            changed = admitted.removeIf(candidate -> {
                OptionalInt row = use.overfull(candidate.need());
                row.ifPresent(overfull -> refuse(candidate, overfull));
                return row.isPresent();
            });
        }
    }

    private boolean grow(Candidate candidate) {
        use.release(candidate.need(), candidate.present());
        use.hold(candidate.need(), candidate.least());
        OptionalInt row = use.overfull(candidate.need());
        row.ifPresent(overfull -> refuse(candidate, overfull));
        return row.isEmpty();
    }

    private void refuse(Candidate candidate, int row) {
        refused.accept(candidate, shortage(candidate, use.shortageText(row)));
        use.release(candidate.need(), candidate.least());
        use.hold(candidate.need(), candidate.present());
    }

    static Infeasible shortage(Candidate candidate, String text) {
        return new Infeasible("%s needs %d replicas; %s"
                .formatted(ReplicaRange.demandText(candidate.target()), candidate.least(), text));
    }
}
