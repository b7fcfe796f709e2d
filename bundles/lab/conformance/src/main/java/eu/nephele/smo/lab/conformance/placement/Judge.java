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
import java.util.stream.Collectors;

/** Says what is wrong with an answer, in the words of the author's problem. */
final class Judge {

    private static final int MOST_SHOWN = 5;
    private static final int MOST_SERVICES = 12;

    private Judge() {}

    /** Why this is no answer at all; empty when it can be looked at. */
    static Optional<String> noAnswer(PlacementResult result) {
        if (result == null) {
            return Optional.of("it answered null; expected Placed or Infeasible");
        }
        boolean incomplete =
                result instanceof Placed placed && (placed.placement() == null || placed.quality() == null);
        return incomplete
                ? Optional.of("its answer lacks placement or quality; Quality.HEURISTIC claims nothing")
                : Optional.empty();
    }

    /** What breaks a rule that no decision may break; empty when the answer may be used. */
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

    /** What an answer claims and does not keep: an optimum that is none, a bound above what the placement costs. */
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

    /** What is missing in a refusal; empty for a placement. */
    static Optional<String> poorExplanation(PlacementRequest request, PlacementResult result) {
        if (!(result instanceof Infeasible refusal)) {
            return Optional.empty();
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
