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
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Calls of scaling strategies as JSON and back, without loss. */
final class ScalingSnapshots {

    private ScalingSnapshots() {}

    static JsonObject json(ScalingRequest request, long seed) {
        return new JsonFieldWriter()
                .put("seed", seed)
                .put("targets", JsonFieldWriter.array(request.targets(), ScalingSnapshots::target))
                .put("clusters", JsonFieldWriter.array(request.clusters(), PlacementSnapshotJson::cluster))
                .object();
    }

    static ScalingRequest request(JsonObject json) {
        return ScalingRequest.of(
                new JsonFieldReader(json)
                        .objects("targets").stream()
                                .map(ScalingSnapshots::target)
                                .toList(),
                new JsonFieldReader(json)
                        .objects("clusters").stream()
                                .map(PlacementSnapshotJson::cluster)
                                .toList());
    }

    static long seed(JsonObject json) {
        return new JsonFieldReader(json).number("seed");
    }

    private static JsonObject target(ScalingTarget target) {
        JsonFieldWriter members = new JsonFieldWriter()
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
                .put("history", JsonFieldWriter.array(target.history(), ScalingSnapshots::load));
        target.demandPerSecond().ifPresent(demand -> members.put("demandPerSecond", demand));
        return members.object();
    }

    private static ScalingTarget target(JsonObject json) {
        Optional<BigDecimal> demand = json.get("demandPerSecond").flatMap(JsonValue::asNumber);
        return new ScalingTarget(
                new GraphId(new JsonFieldReader(json).text("project"), new JsonFieldReader(json).text("graph")),
                new JsonFieldReader(json).text("service"),
                ClusterId.parse(new JsonFieldReader(json).text("cluster")),
                PlacementSnapshotJson.amounts(new JsonFieldReader(json).object("perReplica")),
                new JsonFieldReader(json).integer("replicas"),
                new JsonFieldReader(json).integer("minReplicas"),
                new JsonFieldReader(json).integer("maxReplicas"),
                demand.isPresent() ? OptionalDouble.of(demand.get().doubleValue()) : OptionalDouble.empty(),
                new ServiceProfile(
                        new JsonFieldReader(json).decimal("alpha"), new JsonFieldReader(json).decimal("beta")),
                Duration.parse(new JsonFieldReader(json).text("sinceLastChange")),
                new JsonFieldReader(json)
                        .objects("history").stream()
                                .map(point -> new LoadPoint(
                                        Instant.parse(new JsonFieldReader(point).text("at")),
                                        new JsonFieldReader(point).decimal("perSecond")))
                                .toList());
    }

    private static JsonObject load(LoadPoint point) {
        return new JsonFieldWriter()
                .put("at", point.at().toString())
                .put("perSecond", point.perSecond())
                .object();
    }
}
