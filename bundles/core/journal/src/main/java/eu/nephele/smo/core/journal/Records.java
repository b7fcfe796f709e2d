// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.core.contract.decision.EffectiveValue;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.Kind;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes journal records of outcomes. */
final class Records {

    private final DecisionIds ids;

    Records(DecisionIds ids) {
        this.ids = ids;
    }

    DecisionRecord of(PlacementOutcome outcome, long generation) {
        return new DecisionRecord(
                ids.next(),
                Kind.PLACEMENT,
                outcome.request().graph(),
                generation,
                outcome.at(),
                outcome.request().reason().name().toLowerCase(Locale.ROOT),
                outcome.decidedBy().id(),
                outcome.decidedBy().version(),
                outcome.result() instanceof Placed ? "placed" : "infeasible",
                outcome.fallback(),
                outcome.duration(),
                Optional.of(snapshot(Snapshots.json(outcome.request()))),
                details(outcome));
    }

    /** One decision is one graph and one kind: all services of the graph in one record. */
    DecisionRecord of(List<ScalingOutcome> outcomes, long generation) {
        ScalingOutcome first = outcomes.get(0);
        String outcome = outcomeOf(outcomes);
        boolean compact = outcome.equals("unchanged") || outcome.equals("kept");
        return new DecisionRecord(
                ids.next(),
                Kind.SCALING,
                first.target().graph(),
                generation,
                first.at(),
                "scaling_interval",
                first.decidedBy().id(),
                first.decidedBy().version(),
                outcome,
                outcomes.stream().anyMatch(ScalingOutcome::fallback),
                first.duration(),
                Optional.empty(),
                new Members()
                        .put("services", Members.array(outcomes, each -> service(each, compact)))
                        .done());
    }

    private static String outcomeOf(List<ScalingOutcome> outcomes) {
        boolean scaled = outcomes.stream()
                .anyMatch(outcome -> outcome.answer() instanceof Replicas replicas
                        && replicas.replicas() != outcome.target().replicas());
        boolean infeasible =
                outcomes.stream().anyMatch(outcome -> outcome.answer() instanceof ScalingResult.Infeasible);
        boolean kept = outcomes.stream().allMatch(outcome -> outcome.answer() instanceof ScalingResult.Keep);
        return scaled ? "scaled" : infeasible ? "infeasible" : kept ? "kept" : "unchanged";
    }

    private static JsonObject service(ScalingOutcome outcome, boolean compact) {
        Members members = new Members()
                .put("service", outcome.target().service())
                .put("cluster", outcome.target().cluster().toString())
                .put("from", outcome.target().replicas())
                .put(
                        "to",
                        outcome.answer() instanceof Replicas replicas
                                ? replicas.replicas()
                                : outcome.target().replicas())
                .put("reason", outcome.answer().reason());
        outcome.target().demandPerSecond().ifPresent(demand -> members.put("demandPerSecond", demand));
        if (!compact) {
            members.put("alpha", outcome.target().profile().alpha())
                    .put("beta", outcome.target().profile().beta())
                    .put("minReplicas", outcome.target().minReplicas())
                    .put("maxReplicas", outcome.target().maxReplicas())
                    .put("strategy", outcome.decidedBy().id())
                    .put("strategyVersion", outcome.decidedBy().version())
                    .put("effective", Members.array(outcome.effective(), Records::effective))
                    .put("faults", faults(outcome.faults()));
        }
        return members.done();
    }

    private static JsonObject details(PlacementOutcome outcome) {
        Members members = new Members()
                .put("seed", outcome.seed())
                .put("effective", Members.array(outcome.effective(), Records::effective))
                .put("faults", faults(outcome.faults()))
                .put("terms", Members.array(outcome.terms(), Records::term));
        if (outcome.result() instanceof Placed placed) {
            members.put("placement", placement(placed.placement())).put("quality", quality(placed.quality()));
        } else if (outcome.result() instanceof Infeasible infeasible) {
            members.put("reasons", reasons(infeasible));
            infeasible.counterfactual().ifPresent(text -> members.put("counterfactual", text));
        }
        return members.done();
    }

    private static JsonObject placement(Placement placement) {
        Members members = new Members();
        placement
                .shares()
                .forEach((service, shares) -> members.put(service, Members.array(shares, share -> new Members()
                        .put("cluster", share.cluster().toString())
                        .put("replicas", share.replicas())
                        .done())));
        return members.done();
    }

    private static JsonObject quality(PlacementResult.Quality quality) {
        Members members = new Members().put("stop", quality.stop().name().toLowerCase(Locale.ROOT));
        quality.lowerBoundMicros().ifPresent(bound -> members.put("lowerBoundMicros", bound));
        quality.workUnits().ifPresent(units -> members.put("workUnits", units));
        return quality.note().isEmpty()
                ? members.done()
                : members.put("note", quality.note()).done();
    }

    private static JsonObject reasons(Infeasible infeasible) {
        Members members = new Members();
        infeasible.reasons().forEach((service, byCluster) -> {
            Members clusters = new Members();
            byCluster.forEach((ClusterId cluster, String why) -> clusters.put(cluster.toString(), why));
            members.put(service, clusters.done());
        });
        return members.done();
    }

    private static JsonArray faults(List<StrategyFault> faults) {
        return Members.array(faults, fault -> new Members()
                .put("who", fault.who())
                .put("what", fault.what())
                .put("message", fault.message())
                .done());
    }

    private static JsonObject effective(EffectiveValue value) {
        return new Members()
                .put("name", value.name())
                .put("value", value.value())
                .put("source", value.source())
                .done();
    }

    private static JsonObject term(ObjectiveTerm term) {
        return new Members()
                .put("objective", term.objective())
                .put("unit", term.unit())
                .put("weight", term.weight().weight())
                .put("level", term.weight().level())
                .put("value", term.value())
                .done();
    }

    private static Snapshot snapshot(JsonObject content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(content.canonical().getBytes(StandardCharsets.UTF_8));
            return new Snapshot(HexFormat.of().formatHex(digest), content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
