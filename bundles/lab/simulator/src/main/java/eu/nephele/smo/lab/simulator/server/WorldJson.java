// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.WorldSnapshot;
import java.util.Locale;
import java.util.TreeMap;

/** The world as JSON. Amounts go by resource name: cpu in milli-cores, memory and storage in bytes, gpu in devices. */
final class WorldJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private WorldJson() {}

    static ObjectNode of(WorldSnapshot world) {
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

    private static ObjectNode release(WorldSnapshot.Release release) {
        WorkloadRef ref = release.state().workload();
        ObjectNode node = JSON.objectNode();
        node.put("project", ref.graph().project());
        node.put("graph", ref.graph().name());
        node.put("service", ref.service());
        node.put("chart", release.chart());
        node.put("assignment", release.state().assignment());
        node.put("revision", release.state().revision());
        ObjectNode replicas = node.putObject("replicas");
        new TreeMap<>(release.replicas()).forEach(replicas::put);
        node.put("readyReplicas", release.readyReplicas());
        node.put("message", release.message());
        return node;
    }

    private static ObjectNode pod(WorldSnapshot.Pod pod) {
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
