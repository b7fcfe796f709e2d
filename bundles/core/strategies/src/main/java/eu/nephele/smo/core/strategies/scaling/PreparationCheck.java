// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingWrapper.Prepared;
import java.util.List;
import java.util.Optional;

/** Trusts no wrapper: it may narrow bounds and change demand and its history, and nothing else. */
final class PreparationCheck {
    private PreparationCheck() {}

    /** @return violation, empty when the prepared problem may be used */
    static Optional<String> flaw(ScalingRequest request, Prepared prepared) {
        List<ScalingTarget> targets = request.targets();
        if (prepared.targets().size() != targets.size() || prepared.notes().size() != targets.size()) {
            return Optional.of("%d targets and %d notes for %d targets"
                    .formatted(prepared.targets().size(), prepared.notes().size(), targets.size()));
        }
        for (int i = 0; i < targets.size(); i++) {
            ScalingTarget before = targets.get(i);
            Optional<String> note = prepared.notes().get(i);
            Optional<String> flaw = flaw(before, prepared.targets().get(i)).or(() -> noteFlaw(before, note));
            if (flaw.isPresent()) {
                return flaw;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> flaw(ScalingTarget before, ScalingTarget after) {
        if (!after.graph().equals(before.graph())
                || !after.service().equals(before.service())
                || !after.cluster().equals(before.cluster())) {
            return Optional.of("service %s: another target in its place".formatted(before.service()));
        }
        double demand = after.demandPerSecond().orElse(0);
        if (!(demand >= 0) || Double.isInfinite(demand)) {
            return Optional.of("service %s: a demand of %s, expected 0 or more and finite, or empty"
                    .formatted(before.service(), demand));
        }
        // what a wrapper leaves alone is the same object, so little is compared
        ScalingTarget allowed = before.change()
                .bounds(after.minReplicas(), after.maxReplicas())
                .demand(after.demandPerSecond())
                .history(after.history())
                .build();
        if (!allowed.equals(after)) {
            return Optional.of(
                    "service %s: more than bounds, demand and its history changed, as its replicas, resources, profile or metrics"
                            .formatted(before.service()));
        }
        return after.minReplicas() < before.minReplicas() || after.maxReplicas() > before.maxReplicas()
                ? Optional.of("service %s: bounds %d to %d, expected within %d to %d"
                        .formatted(
                                before.service(),
                                after.minReplicas(),
                                after.maxReplicas(),
                                before.minReplicas(),
                                before.maxReplicas()))
                : Optional.empty();
    }

    private static Optional<String> noteFlaw(ScalingTarget target, Optional<String> note) {
        return note.flatMap(text ->
                AnswerLimits.flaw("the note on service " + target.service(), text, AnswerLimits.REASON_CHARACTERS));
    }
}
