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
final class CapacityAdmission {

    private final CapacityUse use;
    private final BiConsumer<ReplicaVariable, Infeasible> refused;

    /**
     * @param use holds the use of undecided services; afterwards also of the refused candidates with their present replicas
     * @param refused receives the answer of a candidate that is not admitted
     */
    CapacityAdmission(CapacityUse use, BiConsumer<ReplicaVariable, Infeasible> refused) {
        this.use = use;
        this.refused = refused;
    }

    /** The admitted, of which nothing is held. The least replicas of all of them fit together. */
    List<ReplicaVariable> admit(List<ReplicaVariable> candidates) {
        List<ReplicaVariable> growing = new ArrayList<>();
        List<ReplicaVariable> admitted = new ArrayList<>();
        for (ReplicaVariable replicaVariable : candidates) {
            boolean grows = replicaVariable.least() > replicaVariable.present();
            use.hold(replicaVariable.need(), grows ? replicaVariable.present() : replicaVariable.least());
            (grows ? growing : admitted).add(replicaVariable);
        }
        refuseWhatStaysOverfull(admitted);
        growing.sort(Comparator.<ReplicaVariable>comparingInt(
                        replicaVariable -> replicaVariable.least() - replicaVariable.present())
                .thenComparingInt(ReplicaVariable::index));
        growing.stream().filter(this::grow).forEach(admitted::add);
        admitted.forEach(replicaVariable -> use.release(replicaVariable.need(), replicaVariable.least()));
        admitted.sort(Comparator.comparingInt(ReplicaVariable::index));
        return admitted;
    }

    /** A refused one keeps its present replicas, which may leave too little for the next: repeated until nothing changes. */
    private void refuseWhatStaysOverfull(List<ReplicaVariable> admitted) {
        boolean changed = true;
        while (changed) {
            changed = admitted.removeIf(replicaVariable -> {
                OptionalInt row = use.overfull(replicaVariable.need());
                row.ifPresent(overfull -> refuse(replicaVariable, overfull));
                return row.isPresent();
            });
        }
    }

    private boolean grow(ReplicaVariable replicaVariable) {
        use.release(replicaVariable.need(), replicaVariable.present());
        use.hold(replicaVariable.need(), replicaVariable.least());
        OptionalInt row = use.overfull(replicaVariable.need());
        row.ifPresent(overfull -> refuse(replicaVariable, overfull));
        return row.isEmpty();
    }

    private void refuse(ReplicaVariable replicaVariable, int row) {
        refused.accept(replicaVariable, shortage(replicaVariable, use.shortageText(row)));
        use.release(replicaVariable.need(), replicaVariable.least());
        use.hold(replicaVariable.need(), replicaVariable.present());
    }

    static Infeasible shortage(ReplicaVariable replicaVariable, String text) {
        return new Infeasible("%s needs %d replicas, which do not fit: %s"
                .formatted(ReplicaRange.demandText(replicaVariable.target()), replicaVariable.least(), text));
    }
}
