// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.journal.AlternativeClusters.Alternative;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The explanation of a service that a decision has placed: its clusters, and what is against all others. */
final class PlacedExplanation {

    private final DecidedPlacement decided;
    private final DecisionRecord record;
    private final Snapshot inputs;
    private final boolean inForce;
    private final AlternativeClusters all;
    private final RejectionReasons rejectionReasons;
    private final List<Alternative> chosen;
    private final List<RejectedCluster> rejected;

    /** @param alternative where the service, or the share of it that is cheapest to move, would be */
    private record RejectedCluster(Alternative mine, Alternative alternative, String reason, PlacedAnew anew) {

        /** Renders the line of a cluster without a format string, since the federation may have many. */
        String line() {
            String sentence = anew.sentence();
            return "Not " + alternative.cluster().name() + ": " + reason + "." + (sentence.isEmpty() ? "" : " ")
                    + sentence;
        }
    }

    PlacedExplanation(DecidedPlacement decided, Snapshot inputs, boolean inForce, PlacementTrialRunner trials) {
        this.decided = decided;
        this.record = decided.record();
        this.inputs = inputs;
        this.inForce = inForce;
        this.all = new AlternativeClusters(decided.request(), decided.placement(), decided.priced());
        this.rejectionReasons = new RejectionReasons(record, decided.explained().id(), decided.priced());
        List<ClusterId> places = decided.shares().stream().map(Share::cluster).toList();
        List<Alternative> alternatives = all.list(decided.service());
        this.chosen = alternatives.stream()
                .filter(alternative -> places.contains(alternative.cluster()))
                .toList();
        this.rejected = rejected(
                alternatives.stream()
                        .filter(alternative -> !places.contains(alternative.cluster()))
                        .toList(),
                trials);
    }

    private List<RejectedCluster> rejected(List<Alternative> others, PlacementTrialRunner trials) {
        Map<ClusterId, Alternative> present = new HashMap<>();
        chosen.forEach(alternative -> present.put(alternative.cluster(), alternative));
        Map<ClusterId, PlacedAnew> anew = trials.run(decided, others);
        return others.stream()
                .map(other -> {
                    Alternative mine = present.getOrDefault(other.share().cluster(), chosen.get(0));
                    return new RejectedCluster(
                            mine,
                            other,
                            rejectionReasons.reason(mine, other),
                            anew.getOrDefault(other.cluster(), PlacedAnew.NOT_LOOKED_AT));
                })
                .toList();
    }

    JsonObject json() {
        int service = decided.service();
        JsonFieldWriter members = new JsonFieldWriter()
                .put("service", decided.explained().id())
                .put("placed", true)
                .put("inForce", inForce)
                .put("cluster", chosen.get(0).cluster().name())
                .put("shares", JsonFieldWriter.array(chosen, mine -> new JsonFieldWriter()
                        .put("cluster", mine.cluster().name())
                        .put("replicas", mine.share().replicas())
                        .put("terms", terms(List.of(mine)))
                        .object()))
                .put("decisionId", record.id())
                .put("reason", record.reason())
                .put("at", record.at().toString())
                .put("generation", record.generation())
                .put("strategy", record.strategy().id())
                .put("strategyVersion", record.strategy().version())
                .put("fallback", record.fallback())
                .put("durationMillis", record.duration().toNanos() / 1e6)
                .put("inputsDigest", inputs.digest())
                .put("normalised", decided.priced().stream().anyMatch(objective -> objective
                        .range()
                        .isPresent()))
                .put("terms", terms(chosen))
                .put("shared", shared())
                .put("heldFixed", all.others(service))
                .put("givenUp", JsonArray.ofStrings(new GivenUpText(decided).lines()))
                .put("note", DecisionNotes.render(record))
                .put("rejected", JsonFieldWriter.array(rejected, this::rejected));
        List<String> others = Stream.concat(rejected.stream().map(RejectedCluster::line), notPlacedAnew())
                .toList();
        return members.put("text", JsonArray.ofStrings(new PlacedText(decided, inForce, all).lines(chosen, others)))
                .object();
    }

    /** A line for each reason, with its clusters: there may be many. */
    private Stream<String> notPlacedAnew() {
        Map<String, List<String>> clusters = rejected.stream()
                .filter(cluster -> !cluster.anew().why().isEmpty())
                .collect(Collectors.groupingBy(
                        cluster -> cluster.anew().why(),
                        LinkedHashMap::new,
                        Collectors.mapping(
                                cluster -> cluster.alternative().cluster().name(), Collectors.toList())));
        return clusters.entrySet().stream()
                .map(entry -> "The rest was not placed anew with it on " + String.join(", ", entry.getValue()) + ": "
                        + entry.getKey() + ".");
    }

    private JsonObject rejected(RejectedCluster cluster) {
        Alternative other = cluster.alternative();
        JsonFieldWriter members = new JsonFieldWriter()
                .put("cluster", other.cluster().name())
                .put("possible", other.isPossible())
                .put(
                        "toldByStrategy",
                        rejectionReasons.describe(other.cluster()).isPresent())
                .put("reason", cluster.reason());
        if (chosen.size() > 1) {
            members.put("movedFrom", other.share().cluster().name());
        }
        if (other.isPossible()) {
            members.put("terms", terms(List.of(other)))
                    .put("costDifference", other.total() - cluster.mine().total());
        }
        cluster.anew().writeTo(members);
        return members.object();
    }

    private JsonArray shared() {
        record SharedCost(ClusterId cluster, Priced objective, double value) {}
        List<SharedCost> costs = chosen.stream()
                .flatMap(mine -> {
                    Map<String, Double> opening = all.openingShared(decided.service(), mine.cluster());
                    return decided.priced().stream()
                            .flatMap(objective -> Optional.ofNullable(opening.get(objective.objective())).stream()
                                    .map(value -> new SharedCost(mine.cluster(), objective, value)));
                })
                .toList();
        return JsonFieldWriter.array(costs, cost -> new JsonFieldWriter()
                .put("objective", cost.objective().objective())
                .put("unit", cost.objective().unit())
                .put("value", cost.value())
                .put("with", JsonArray.ofStrings(all.with(decided.service(), cost.cluster())))
                .object());
    }

    /** The sum of all shares. */
    private JsonArray terms(List<Alternative> shares) {
        return JsonFieldWriter.array(decided.priced(), objective -> new JsonFieldWriter()
                .put("objective", objective.objective())
                .put("unit", objective.unit())
                .put("weight", objective.weight().weight())
                .put(
                        "value",
                        shares.stream()
                                .mapToDouble(share -> share.cost().getOrDefault(objective.objective(), 0.0))
                                .sum())
                .put("range", objective.range())
                .object());
    }
}
