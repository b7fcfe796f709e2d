// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.scaling;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingWrapper.Prepared;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Explains the flaws of what a strategy prepares for another one. */
final class PreparationJudge {

    private PreparationJudge() {}

    static Optional<String> flaw(ScalingRequest request, Prepared prepared) {
        if (prepared == null) {
            return Optional.of("it prepared null; expected one target and one note per target");
        }
        List<ScalingTarget> targets = request.targets();
        if (prepared.targets().size() != targets.size() || prepared.notes().size() != targets.size()) {
            return Optional.of("%d targets and %d notes for %d targets; expected one each, in their order"
                    .formatted(prepared.targets().size(), prepared.notes().size(), targets.size()));
        }
        for (int i = 0; i < targets.size(); i++) {
            ScalingTarget before = targets.get(i);
            ScalingTarget after = prepared.targets().get(i);
            Optional<String> note = prepared.notes().get(i);
            Optional<String> flaw = identity(before, after)
                    .or(() -> bounds(before, after))
                    .or(() -> demand(after))
                    .or(() -> note(note));
            if (flaw.isPresent()) {
                return flaw.map(text -> "service %s: %s".formatted(before.service(), text));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> identity(ScalingTarget before, ScalingTarget after) {
        if (!after.graph().equals(before.graph())
                || !after.service().equals(before.service())
                || !after.cluster().equals(before.cluster())) {
            return Optional.of("another target, %s/%s, in its place".formatted(after.graph(), after.service()));
        }
        boolean changed = after.replicas() != before.replicas()
                || !after.perReplica().equals(before.perReplica())
                || !after.profile().equals(before.profile())
                || after.priority() != before.priority();
        return changed
                ? Optional.of(
                        "replicas, resources, profile or priority changed; only demand, metrics, past and bounds may")
                : Optional.empty();
    }

    private static Optional<String> bounds(ScalingTarget before, ScalingTarget after) {
        return after.minReplicas() < before.minReplicas() || after.maxReplicas() > before.maxReplicas()
                ? Optional.of("bounds %d to %d; expected within %d to %d"
                        .formatted(
                                after.minReplicas(), after.maxReplicas(), before.minReplicas(), before.maxReplicas()))
                : Optional.empty();
    }

    private static Optional<String> demand(ScalingTarget after) {
        double demand = after.demandPerSecond().orElse(0);
        return demand >= 0 && demand < Double.POSITIVE_INFINITY
                ? Optional.empty()
                : Optional.of("a demand of %s; expected 0 or more, or none where there is no data".formatted(demand));
    }

    private static Optional<String> note(Optional<String> note) {
        return note.flatMap(text -> text.isBlank()
                ? Optional.of("an empty note; answer Optional.empty() where there is nothing to say")
                : AnswerLimits.flaw("a note", text, AnswerLimits.REASON_CHARACTERS));
    }

    /** What can be compared with another answer. */
    static List<String> comparable(Prepared prepared) {
        return IntStream.range(0, prepared.targets().size())
                .mapToObj(i -> "%s past=%s metrics=%s note=%s"
                        .formatted(
                                ScalingCase.target(prepared.targets().get(i)),
                                prepared.targets().get(i).history(),
                                prepared.targets().get(i).metrics(),
                                prepared.notes().get(i)))
                .toList();
    }
}
