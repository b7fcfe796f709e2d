// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.MetricSeries;
import eu.nephele.smo.lab.simulator.WorldSnapshot;
import java.util.Comparator;
import java.util.Locale;
import java.util.TreeMap;

/** The world as JSON. Amounts go by resource name: cpu in milli-cores, memory and storage in bytes, gpu in devices. */
final class WorldJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private WorldJson() {}

    static ObjectNode toJson(WorldSnapshot world) {
        ObjectNode node = JSON.objectNode();
        node.put("now", world.now().toString());
        node.put("overbookedEver", world.overbookedEver());
        ArrayNode clusters = node.putArray("clusters");
        world.clusters().forEach(cluster -> clusters.add(cluster(cluster)));
        ArrayNode releases = node.putArray("releases");
        world.releases().forEach(release -> releases.add(release(release)));
        ArrayNode pods = node.putArray("pods");
        world.pods().forEach(pod -> pods.add(pod(pod)));
        ObjectNode loads = node.putObject("requestsPerSecond");
        new TreeMap<>(world.requestsPerSecond()).forEach(loads::put);
        ArrayNode outages = node.putArray("outages");
        world.outages().stream().sorted().forEach(outage -> outages.add(lower(outage)));
        ArrayNode series = node.putArray("series");
        world.series().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                .forEach(entry -> series.add(series(entry.getKey(), entry.getValue())));
        ArrayNode rules = node.putArray("rules");
        world.rules().forEach(rule -> rules.add(rule(rule)));
        node.put("repeatedWrites", world.repeatedWrites());
        ArrayNode writes = node.putArray("writes");
        world.writes().forEach((ref, count) -> writes.add(writes(ref, count)));
        return node;
    }

    private static ObjectNode series(MetricSeries series, double value) {
        ObjectNode node = JSON.objectNode();
        node.put("name", series.name());
        ObjectNode labels = node.putObject("labels");
        series.labels().forEach(labels::put);
        node.put("value", value);
        return node;
    }

    private static ObjectNode rule(WorldSnapshot.RuleSnapshot rule) {
        ObjectNode node = named(rule.workload());
        node.put("event", rule.event());
        node.put("expression", rule.expression());
        node.put("gracePeriodMillis", rule.gracePeriod().toMillis());
        node.put("owner", rule.owner());
        node.put("state", lower(rule.state()));
        node.put("message", rule.message());
        return node;
    }

    private static ObjectNode writes(WorkloadRef ref, WorldSnapshot.Writes count) {
        ObjectNode node = named(ref);
        node.put("release", count.release());
        node.put("repeatedRelease", count.repeatedRelease());
        node.put("rules", count.rules());
        node.put("repeatedRules", count.repeatedRules());
        return node;
    }

    private static ObjectNode named(WorkloadRef ref) {
        ObjectNode node = JSON.objectNode();
        node.put("project", ref.graph().project());
        node.put("graph", ref.graph().name());
        node.put("service", ref.service());
        return node;
    }

    private static ObjectNode cluster(WorldSnapshot.Cluster cluster) {
        ObjectNode node = JSON.objectNode();
        node.put("name", cluster.name());
        node.put("ready", cluster.ready());
        node.set("allocatable", amounts(cluster.allocatable()));
        node.set("allocated", amounts(cluster.allocated()));
        node.set("foreign", amounts(cluster.foreign()));
        node.set("requested", amounts(cluster.requested()));
        node.set("overbookedEver", amounts(cluster.overbookedEver()));
        return node;
    }

    private static ObjectNode release(WorldSnapshot.ReleaseSnapshot release) {
        ObjectNode node = named(release.state().workload());
        node.put("chart", release.chart());
        node.put("assignment", release.state().assignment());
        node.put("revision", release.state().revision());
        node.put("owner", release.state().owner());
        node.put("digest", release.state().digest());
        ObjectNode replicas = node.putObject("replicas");
        new TreeMap<>(release.replicas()).forEach(replicas::put);
        node.put("readyReplicas", release.readyReplicas());
        node.put("message", release.message());
        return node;
    }

    private static ObjectNode pod(WorldSnapshot.PodSnapshot pod) {
        ObjectNode node = JSON.objectNode();
        node.put("name", pod.name());
        node.put("release", pod.release());
        node.put("cluster", pod.cluster());
        node.put("phase", lower(pod.phase()));
        return node;
    }

    private static ObjectNode amounts(Resources resources) {
        ObjectNode node = JSON.objectNode();
        resources.byName().forEach((name, amount) -> {
            if (amount == Resources.UNLIMITED) {
                node.put(name, "unlimited");
            } else {
                node.put(name, amount);
            }
        });
        return node;
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
