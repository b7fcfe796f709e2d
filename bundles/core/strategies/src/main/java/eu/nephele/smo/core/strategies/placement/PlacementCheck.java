// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.strategies.guard.ForeignText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Trusts no answer: a placement must keep every rule, a refusal must say which service it is about. */
final class PlacementCheck {
    private static final int MOST_SHOWN = 5;

    private PlacementCheck() {}

    /** @return what is wrong with the answer, empty when it may be used */
    static Optional<String> flaw(PlacementRequest request, PlacementResult result) {
        try {
            return result instanceof Placed placed
                    ? ofPlaced(request, placed)
                    : ofRefusal(request, (Infeasible) result);
        } catch (RuntimeException e) {
            // the answer was made by foreign code: one that cannot even be read is a wrong one
            return Optional.of("cannot be read: " + e);
        }
    }

    private static Optional<String> ofPlaced(PlacementRequest request, Placed placed) {
        if (placed.quality() == null) {
            return Optional.of("lacks its quality");
        }
        Optional<String> wrongReasons = ofReasons(request, placed.rejected());
        if (wrongReasons.isPresent()) {
            return wrongReasons;
        }
        Optional<String> note =
                AnswerLimits.flaw("the note of its quality", placed.quality().note(), AnswerLimits.NOTE_CHARACTERS);
        if (note.isPresent()) {
            return note;
        }
        List<String> violations = Feasibility.violations(request, placed.placement());
        if (violations.isEmpty()) {
            return Optional.empty();
        }
        String shown = String.join("; ", violations.subList(0, Math.min(MOST_SHOWN, violations.size())));
        int hidden = violations.size() - MOST_SHOWN;
        return Optional.of(hidden > 0 ? "%s; and %d more".formatted(shown, hidden) : shown);
    }

    private static Optional<String> ofReasons(PlacementRequest request, Map<String, Map<ClusterId, String>> rejected) {
        Set<String> services =
                request.services().stream().map(PlacementService::id).collect(Collectors.toSet());
        Set<ClusterId> clusters =
                request.clusters().stream().map(ClusterCapacity::id).collect(Collectors.toSet());
        for (Map.Entry<String, Map<ClusterId, String>> entry : rejected.entrySet()) {
            if (!services.contains(entry.getKey())
                    || !clusters.containsAll(entry.getValue().keySet())) {
                return Optional.of("gives reasons for what is not part of the problem: %s"
                        .formatted(ForeignText.shortened(entry.getKey())));
            }
            if (entry.getValue().values().stream()
                    .anyMatch(why -> why.length() > PlacementResult.MOST_REASON_CHARACTERS)) {
                return Optional.of("gives a reason for %s of more than %d characters"
                        .formatted(entry.getKey(), PlacementResult.MOST_REASON_CHARACTERS));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofRefusal(PlacementRequest request, Infeasible refusal) {
        List<String> known =
                request.services().stream().map(PlacementService::id).toList();
        if (refusal.reasons().isEmpty()) {
            return Optional.of("says that nothing fits and names no service");
        }
        return refusal.reasons().keySet().stream()
                .filter(service -> !known.contains(service))
                .findFirst()
                .map(service -> "says that %s does not fit, which is not part of the problem".formatted(service))
                .or(() -> ofReasons(request, refusal))
                .or(() -> refusal.counterfactual()
                        .flatMap(text -> AnswerLimits.flaw(
                                "what would have to change", text, AnswerLimits.COUNTERFACTUAL_CHARACTERS)));
    }

    private static Optional<String> ofReasons(PlacementRequest request, Infeasible refusal) {
        Set<ClusterId> clusters =
                request.clusters().stream().map(ClusterCapacity::id).collect(Collectors.toSet());
        long characters = 0;
        for (Map<ClusterId, String> byCluster : refusal.reasons().values()) {
            for (Map.Entry<ClusterId, String> reason : byCluster.entrySet()) {
                if (!clusters.contains(reason.getKey())) {
                    return Optional.of("gives a reason for a cluster that is not part of the problem");
                }
                Optional<String> flaw =
                        AnswerLimits.flaw("a reason", reason.getValue(), AnswerLimits.REASON_CHARACTERS);
                if (flaw.isPresent()) {
                    return flaw;
                }
                characters += reason.getValue().length();
            }
        }
        return characters <= AnswerLimits.REASONS_CHARACTERS
                ? Optional.empty()
                : Optional.of("its reasons have %d characters together, at most %d are possible"
                        .formatted(characters, AnswerLimits.REASONS_CHARACTERS));
    }
}
