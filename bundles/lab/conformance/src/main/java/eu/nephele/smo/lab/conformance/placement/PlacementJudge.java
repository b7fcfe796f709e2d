// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.Pricing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Explains the flaws of an answer in terms of the problem. */
final class PlacementJudge {

    private static final int MOST_SHOWN = 5;
    private static final int MOST_SERVICES = 12;

    private PlacementJudge() {}

    /** Reason why the answer cannot be judged, such as its size; empty when it can. */
    static Optional<String> noAnswer(PlacementRequest request, PlacementResult result) {
        if (result == null) {
            return Optional.of("it answered null; expected Placed or Infeasible");
        }
        boolean incomplete =
                result instanceof Placed placed && (placed.placement() == null || placed.quality() == null);
        if (incomplete) {
            return Optional.of("its answer lacks placement or quality; Quality.HEURISTIC claims nothing");
        }
        // missing texts are the matter of another check
        return poorExplanation(request, result).isPresent()
                ? Optional.empty()
                : result.beyondLimits().map("its answer is beyond the limits: "::concat);
    }

    static Optional<String> brokenRule(PlacementRequest request, PlacementResult result) {
        if (!(result instanceof Placed placed)) {
            return Optional.empty();
        }
        List<String> violations = Feasibility.violations(request, placed.placement());
        return violations.isEmpty()
                ? Optional.empty()
                : Optional.of("it answered %s, which breaks a rule:\n  %s"
                        .formatted(
                                text(placed.placement()),
                                violations.stream().limit(MOST_SHOWN).collect(Collectors.joining("\n  "))));
    }

    /** Returns a false claim of an answer: an optimum that is not optimal, or a bound above the cost of the placement. */
    static Optional<String> wrongClaim(PlacementRequest request, PlacementResult result) {
        if (!(result instanceof Placed placed) || isSplit(placed.placement())) {
            return Optional.empty();
        }
        long cost = Pricing.total(request, placed.placement(), 0);
        Quality quality = placed.quality();
        if (quality.lowerBoundMicros().isPresent() && quality.lowerBoundMicros().getAsLong() > cost) {
            return Optional.of("it claims a lower bound of %d micro-units for %s, which costs %d"
                    .formatted(quality.lowerBoundMicros().getAsLong(), text(placed.placement()), cost));
        }
        if (quality.stop() != PlacementResult.StopReason.PROVEN_OPTIMAL) {
            return Optional.empty();
        }
        return Enumeration.best(request)
                .filter(best -> Pricing.total(request, best, 0) < cost)
                .map(best -> "it claims that %s is optimal at %d micro-units; %s costs %d"
                        .formatted(text(placed.placement()), cost, text(best), Pricing.total(request, best, 0)));
    }

    /** Returns the missing part of a refusal; empty for a placement. */
    static Optional<String> poorExplanation(PlacementRequest request, PlacementResult result) {
        if (!(result instanceof Infeasible refusal)) {
            return strangers(request, ((Placed) result).rejected());
        }
        if (refusal.reasons().isEmpty()) {
            return Optional.of("Infeasible names no service; expected at least one, with a reason for every cluster");
        }
        List<String> known =
                request.services().stream().map(PlacementService::id).toList();
        for (Map.Entry<String, Map<ClusterId, String>> of : refusal.reasons().entrySet()) {
            if (!known.contains(of.getKey())) {
                return Optional.of(
                        "Infeasible names the service %s, which is not part of the problem".formatted(of.getKey()));
            }
            for (ClusterCapacity cluster : request.clusters()) {
                String reason = of.getValue().get(cluster.id());
                if (reason == null || reason.isBlank()) {
                    return Optional.of("Infeasible does not say why service %s cannot run on cluster %s"
                            .formatted(of.getKey(), cluster.id()));
                }
            }
        }
        return refusal.counterfactual() == null
                ? Optional.of("Infeasible has null as its counterfactual; expected an Optional")
                : Optional.empty();
    }

    /** A placement need not explain rejected clusters; given explanations must match the problem. */
    private static Optional<String> strangers(PlacementRequest request, Map<String, Map<ClusterId, String>> rejected) {
        Set<String> services =
                request.services().stream().map(PlacementService::id).collect(Collectors.toSet());
        Set<ClusterId> clusters =
                request.clusters().stream().map(ClusterCapacity::id).collect(Collectors.toSet());
        return rejected.entrySet().stream()
                .filter(entry -> !services.contains(entry.getKey())
                        || !clusters.containsAll(entry.getValue().keySet()))
                .findFirst()
                .map(entry ->
                        "Placed.rejected has reasons for %s that are not about services and clusters of the problem"
                                .formatted(entry.getKey()));
    }

    static boolean isSplit(Placement placement) {
        return placement.shares().values().stream().anyMatch(shares -> shares.size() != 1);
    }

    /** The placement in one line: {@code a→c1, b→c1+c2}. */
    static String text(Placement placement) {
        int hidden = placement.shares().size() - MOST_SERVICES;
        return placement.shares().entrySet().stream()
                .limit(MOST_SERVICES)
                .map(entry -> entry.getKey() + "→"
                        + entry.getValue().stream()
                                .map(share -> share.cluster().name())
                                .collect(Collectors.joining("+")))
                .collect(Collectors.joining(", ", "", hidden > 0 ? ", and %d more".formatted(hidden) : ""));
    }

    static String text(PlacementResult result) {
        return result instanceof Placed placed
                ? "%s (%s)".formatted(text(placed.placement()), placed.quality())
                : String.valueOf(result);
    }
}
