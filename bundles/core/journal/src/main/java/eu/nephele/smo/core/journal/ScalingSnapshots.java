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
        return new JsonMembers()
                .put("seed", seed)
                .put("targets", JsonMembers.array(request.targets(), ScalingSnapshots::target))
                .put("clusters", JsonMembers.array(request.clusters(), PlacementSnapshotJson::cluster))
                .done();
    }

    static ScalingRequest request(JsonObject json) {
        return ScalingRequest.of(
                JsonMembers.objects(json, "targets").stream()
                        .map(ScalingSnapshots::target)
                        .toList(),
                JsonMembers.objects(json, "clusters").stream()
                        .map(PlacementSnapshotJson::cluster)
                        .toList());
    }

    static long seed(JsonObject json) {
        return JsonMembers.number(json, "seed").longValueExact();
    }

    private static JsonObject target(ScalingTarget target) {
        JsonMembers members = new JsonMembers()
                .put("project", target.graph().project())
                .put("graph", target.graph().name())
                .put("service", target.service())
                .put("cluster", target.cluster().toString())
                .put("perReplica", PlacementSnapshotJson.amounts(target.perReplica()))
                .put("replicas", target.replicas())
                .put("minReplicas", target.minReplicas())
                .put("maxReplicas", target.maxReplicas())
                .put("alpha", target.profile().alpha())
                .put("beta", target.profile().beta())
                .put("sinceLastChange", target.sinceLastChange().toString())
                .put("history", JsonMembers.array(target.history(), ScalingSnapshots::load));
        target.demandPerSecond().ifPresent(demand -> members.put("demandPerSecond", demand));
        return members.done();
    }

    private static ScalingTarget target(JsonObject json) {
        Optional<BigDecimal> demand = json.get("demandPerSecond").flatMap(JsonValue::asNumber);
        return new ScalingTarget(
                new GraphId(JsonMembers.text(json, "project"), JsonMembers.text(json, "graph")),
                JsonMembers.text(json, "service"),
                ClusterId.parse(JsonMembers.text(json, "cluster")),
                PlacementSnapshotJson.amounts(JsonMembers.object(json, "perReplica")),
                JsonMembers.number(json, "replicas").intValueExact(),
                JsonMembers.number(json, "minReplicas").intValueExact(),
                JsonMembers.number(json, "maxReplicas").intValueExact(),
                demand.isPresent() ? OptionalDouble.of(demand.get().doubleValue()) : OptionalDouble.empty(),
                new ServiceProfile(
                        JsonMembers.number(json, "alpha").doubleValue(),
                        JsonMembers.number(json, "beta").doubleValue()),
                Duration.parse(JsonMembers.text(json, "sinceLastChange")),
                JsonMembers.objects(json, "history").stream()
                        .map(point -> new LoadPoint(
                                Instant.parse(JsonMembers.text(point, "at")),
                                JsonMembers.number(point, "perSecond").doubleValue()))
                        .toList());
    }

    private static JsonObject load(LoadPoint point) {
        return new JsonMembers()
                .put("at", point.at().toString())
                .put("perSecond", point.perSecond())
                .done();
    }
}
