// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

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

/** Checks every answer: a placement must keep every rule, a refusal must name its services. */
final class PlacementCheck {
    private static final int MOST_SHOWN = 5;

    private PlacementCheck() {}

    /** @return violation of the answer, empty when it may be used */
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
        Optional<String> texts = strangers(request, placed.rejected()).or(placed::beyondLimits);
        if (texts.isPresent()) {
            return texts;
        }
        List<String> violations = Feasibility.violations(request, placed.placement());
        if (violations.isEmpty()) {
            return Optional.empty();
        }
        String shown = String.join("; ", violations.subList(0, Math.min(MOST_SHOWN, violations.size())));
        int hidden = violations.size() - MOST_SHOWN;
        return Optional.of(hidden > 0 ? "%s; and %d more".formatted(shown, hidden) : shown);
    }

    private static Optional<String> strangers(PlacementRequest request, Map<String, Map<ClusterId, String>> reasons) {
        if (reasons.isEmpty()) {
            return Optional.empty();
        }
        Set<String> services =
                request.services().stream().map(PlacementService::id).collect(Collectors.toSet());
        Set<ClusterId> clusters =
                request.clusters().stream().map(ClusterCapacity::id).collect(Collectors.toSet());
        return reasons.entrySet().stream()
                .filter(entry -> !services.contains(entry.getKey())
                        || !clusters.containsAll(entry.getValue().keySet()))
                .findFirst()
                .map(entry -> "gives reasons for services that are not part of the problem: %s"
                        .formatted(ForeignText.shortened(entry.getKey())));
    }

    private static Optional<String> ofRefusal(PlacementRequest request, Infeasible refusal) {
        return refusal.reasons().isEmpty()
                ? Optional.of("says that nothing fits and names no service")
                : strangers(request, refusal.reasons()).or(refusal::beyondLimits);
    }
}
