// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.json.OperationJson;
import eu.nephele.smo.access.rest.cluster.ClusterOverview.ClusterEntry;
import eu.nephele.smo.api.graph.ClusterService.Directive;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Resources;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

final class ClusterJson {

    /** Two days by the hour. */
    private static final int FORECAST_POINTS = 48;

    private ClusterJson() {}

    static ObjectNode toJson(Directive directive) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", directive.cluster().name());
        node.put("source", directive.cluster().source());
        node.put("cordoned", directive.cordoned());
        node.put("draining", directive.draining());
        node.put("reason", directive.reason());
        node.put("operation", directive.operation().map(OperationJson::path).orElse(null));
        node.put("since", directive.since().toString());
        return node;
    }

    static ObjectNode toJson(ClusterEntry cluster, Optional<Directive> directive) {
        ClusterState state = cluster.state();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", cluster.name());
        node.put("source", state.id().source());
        node.put("ready", state.ready());
        node.put("location", state.location());
        directive
                .filter(said -> said.cordoned() || said.draining())
                .ifPresentOrElse(said -> node.set("cordon", cordon(said)), () -> node.putNull("cordon"));
        ObjectNode labels = node.putObject("labels");
        state.labels().forEach(labels::put);
        ArrayNode artifactTypes = node.putArray("artifactTypes");
        state.artifactTypes().forEach(artifactTypes::add);
        node.set("allocatable", resources(state.allocatable()));
        node.set("allocated", resources(state.allocated()));
        node.set("reserved", resources(cluster.reserved()));
        node.set("available", resources(cluster.available()));
        node.putObject("energy")
                .put("idleWatts", state.energy().idleWatts())
                .put("peakWatts", state.energy().peakWatts());
        node.set("signals", signals(cluster.signals()));
        node.put("observedAt", state.observedAt().toString());
        return node;
    }

    private static ObjectNode cordon(Directive directive) {
        ObjectNode node = toJson(directive);
        node.remove(List.of("name", "source", "cordoned"));
        return node;
    }

    static ObjectNode resources(Resources amount) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("cpuMillis", amount.cpuMillis());
        node.put("memoryBytes", amount.memoryBytes());
        node.put("storageBytes", amount.storageBytes());
        if (amount.gpus() == Resources.UNLIMITED) {
            node.put("gpus", "unlimited");
        } else {
            node.put("gpus", amount.gpus());
        }
        ObjectNode extended = node.putObject("extended");
        amount.extended().forEach(extended::put);
        return node;
    }

    private static ObjectNode signals(ClusterSignals signals) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, "carbonGramsPerKwh", signals.carbonGramsPerKwh());
        put(node, "renewableShare", signals.renewableShare());
        put(node, "pricePerCpuHour", signals.pricePerCpuHour());
        ArrayNode forecast = node.putArray("forecast");
        signals.forecast().stream().limit(FORECAST_POINTS).forEach(point -> forecast.addObject()
                .put("from", point.from().toString())
                .put("carbonGramsPerKwh", point.carbonGramsPerKwh()));
        return node;
    }

    private static void put(ObjectNode node, String name, OptionalDouble value) {
        if (value.isPresent()) {
            node.put(name, value.getAsDouble());
        } else {
            node.putNull(name);
        }
    }
}
