// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Calls of scaling strategies as JSON and back, without loss. */
final class ScalingSnapshots {

    private ScalingSnapshots() {}

    static JsonObject json(ScalingRequest request, long seed) {
        return new Members()
                .put("seed", seed)
                .put("targets", Members.array(request.targets(), ScalingSnapshots::target))
                .put("clusters", Members.array(request.clusters(), Snapshots::cluster))
                .done();
    }

    static ScalingRequest request(JsonObject json) {
        return ScalingRequest.of(
                Members.objects(json, "targets").stream()
                        .map(ScalingSnapshots::target)
                        .toList(),
                Members.objects(json, "clusters").stream()
                        .map(Snapshots::cluster)
                        .toList());
    }

    static long seed(JsonObject json) {
        return Members.number(json, "seed").longValueExact();
    }

    private static JsonObject target(ScalingTarget target) {
        Members members = new Members()
                .put("project", target.graph().project())
                .put("graph", target.graph().name())
                .put("service", target.service())
                .put("cluster", target.cluster().toString())
                .put("perReplica", Snapshots.amounts(target.perReplica()))
                .put("replicas", target.replicas())
                .put("minReplicas", target.minReplicas())
                .put("maxReplicas", target.maxReplicas())
                .put("alpha", target.profile().alpha())
                .put("beta", target.profile().beta())
                .put("sinceLastChange", target.sinceLastChange().toString())
                .put("history", Members.array(target.history(), ScalingSnapshots::load));
        target.demandPerSecond().ifPresent(demand -> members.put("demandPerSecond", demand));
        return members.done();
    }

    private static ScalingTarget target(JsonObject json) {
        Optional<BigDecimal> demand = json.get("demandPerSecond").flatMap(JsonValue::asNumber);
        return new ScalingTarget(
                new GraphId(Members.text(json, "project"), Members.text(json, "graph")),
                Members.text(json, "service"),
                ClusterId.parse(Members.text(json, "cluster")),
                Snapshots.amounts(Members.object(json, "perReplica")),
                Members.number(json, "replicas").intValueExact(),
                Members.number(json, "minReplicas").intValueExact(),
                Members.number(json, "maxReplicas").intValueExact(),
                demand.isPresent() ? OptionalDouble.of(demand.get().doubleValue()) : OptionalDouble.empty(),
                new ServiceProfile(
                        Members.number(json, "alpha").doubleValue(),
                        Members.number(json, "beta").doubleValue()),
                Duration.parse(Members.text(json, "sinceLastChange")),
                Members.objects(json, "history").stream()
                        .map(point -> new LoadPoint(
                                Instant.parse(Members.text(point, "at")),
                                Members.number(point, "perSecond").doubleValue()))
                        .toList());
    }

    private static JsonObject load(LoadPoint point) {
        return new Members()
                .put("at", point.at().toString())
                .put("perSecond", point.perSecond())
                .done();
    }
}
