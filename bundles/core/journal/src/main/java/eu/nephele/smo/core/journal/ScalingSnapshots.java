// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ReplicaChange;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import eu.nephele.smo.api.scaling.ServiceLoad;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Calls of scaling strategies as JSON and back, without loss. What is empty is left out, as records of earlier versions do. */
final class ScalingSnapshots {

    private ScalingSnapshots() {}

    static JsonObject json(ScalingRequest request, long seed) {
        JsonFieldWriter members = new JsonFieldWriter()
                .put("seed", seed)
                .put("targets", JsonFieldWriter.array(request.targets(), ScalingSnapshots::target))
                .put("clusters", JsonFieldWriter.array(request.clusters(), PlacementSnapshotJson::cluster));
        if (!request.loads().isEmpty()) {
            members.put("loads", JsonFieldWriter.array(request.loads(), ScalingSnapshots::load));
        }
        return members.object();
    }

    static ScalingRequest request(JsonObject json) {
        JsonFieldReader fields = new JsonFieldReader(json);
        return ScalingRequest.of(
                each(fields, "targets", ScalingSnapshots::target),
                fields.objects("clusters").stream()
                        .map(PlacementSnapshotJson::cluster)
                        .toList(),
                each(fields, "loads", ScalingSnapshots::load));
    }

    static long seed(JsonObject json) {
        return new JsonFieldReader(json).number("seed");
    }

    /** None when the member is missing. */
    private static <T> List<T> each(JsonFieldReader fields, String name, Function<JsonFieldReader, T> read) {
        return fields.optional(name).map(JsonFieldReader::list).orElse(List.of()).stream()
                .map(read)
                .toList();
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
                .put("sinceLastChange", target.sinceLastChange().toString());
        if (target.priority() != 0) {
            members.put("priority", target.priority());
        }
        if (target.portion() != 1) {
            members.put("portion", target.portion());
        }
        target.demandPerSecond().ifPresent(demand -> members.put("demandPerSecond", demand));
        target.measuredAt().ifPresent(at -> members.put("measuredAt", at.toString()));
        if (!target.changes().isEmpty()) {
            members.put("changes", JsonFieldWriter.array(target.changes(), ScalingSnapshots::change));
        }
        putHistory(members, target.history());
        if (!target.metrics().isEmpty()) {
            members.put("metrics", JsonFieldWriter.array(target.metrics().entrySet(), ScalingSnapshots::metric));
        }
        return members.object();
    }

    private static ScalingTarget target(JsonFieldReader fields) {
        return ScalingTarget.builder(
                        new GraphId(fields.text("project"), fields.text("graph")),
                        fields.text("service"),
                        ClusterId.parse(fields.text("cluster")))
                .perReplica(PlacementSnapshotJson.amounts(fields.object("perReplica")))
                .replicas(fields.integer("replicas"))
                .bounds(fields.integer("minReplicas"), fields.integer("maxReplicas"))
                .priority(fields.optionalNumber("priority")
                        .map(BigDecimal::intValue)
                        .orElse(0))
                .demand(fields.optionalDecimal("demandPerSecond"))
                .measuredAt(fields.optionalText("measuredAt").map(Instant::parse))
                .portion(fields.optionalDecimal("portion").orElse(1))
                .profile(new ServiceProfile(fields.decimal("alpha"), fields.decimal("beta")))
                .sinceLastChange(Duration.parse(fields.text("sinceLastChange")))
                .changes(each(fields, "changes", ScalingSnapshots::change))
                .history(history(fields))
                .metrics(each(fields, "metrics", ScalingSnapshots::metric).stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .build();
    }

    private static void putHistory(JsonFieldWriter members, LoadSeries history) {
        if (history.size() > 0) {
            members.put("history", LoadSeriesJson.series(history));
        }
    }

    private static LoadSeries history(JsonFieldReader fields) {
        return fields.optional("history").map(LoadSeriesJson::series).orElse(LoadSeries.EMPTY);
    }

    private static JsonObject change(ReplicaChange change) {
        return new JsonFieldWriter()
                .put("at", change.at().toString())
                .put("from", change.from())
                .put("to", change.to())
                .object();
    }

    private static ReplicaChange change(JsonFieldReader fields) {
        return new ReplicaChange(fields.instant("at"), fields.integer("from"), fields.integer("to"));
    }

    private static JsonObject metric(Map.Entry<ScalingMetric, MetricReading> metric) {
        JsonFieldWriter members = new JsonFieldWriter()
                .put("name", metric.getKey().name())
                .put("query", metric.getKey().query())
                .put("now", metric.getValue().now());
        metric.getValue().measuredAt().ifPresent(at -> members.put("measuredAt", at.toString()));
        metric.getValue().flaw().ifPresent(flaw -> members.put("flaw", flaw));
        putHistory(members, metric.getValue().history());
        return members.object();
    }

    private static Map.Entry<ScalingMetric, MetricReading> metric(JsonFieldReader fields) {
        return Map.entry(
                new ScalingMetric(fields.text("name"), fields.optionalText("query")),
                new MetricReading(
                        fields.optionalDecimal("now"),
                        history(fields),
                        fields.optionalText("measuredAt").map(Instant::parse),
                        fields.optionalText("flaw")));
    }

    private static JsonObject load(ServiceLoad load) {
        JsonFieldWriter members = new JsonFieldWriter()
                .put("project", load.graph().project())
                .put("graph", load.graph().name())
                .put("service", load.service())
                .put("demandPerSecond", load.demandPerSecond());
        load.forecast().ifPresent(forecast -> members.put("forecast", LoadSeriesJson.forecast(forecast)));
        return members.object();
    }

    private static ServiceLoad load(JsonFieldReader fields) {
        return new ServiceLoad(
                new GraphId(fields.text("project"), fields.text("graph")),
                fields.text("service"),
                fields.optionalDecimal("demandPerSecond"),
                fields.optionalObject("forecast").map(LoadSeriesJson::forecast));
    }
}
