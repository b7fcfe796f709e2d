// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

record BindingObject(ObjectNode tree) {

    static final String FINALIZER = "karmada.io/binding-controller";

    String key() {
        return WatchCache.key(tree);
    }

    JsonNode metadata() {
        return tree.path("metadata");
    }

    JsonNode spec() {
        return tree.path("spec");
    }

    String namespace() {
        return metadata().path("namespace").asText();
    }

    String name() {
        return metadata().path("name").asText();
    }

    boolean ends() {
        return ControlPlane.ends(tree);
    }

    boolean isOf(JsonNode object) {
        return spec().path("resource")
                .path("uid")
                .equals(object.path("metadata").path("uid"));
    }

    Optional<ObjectKind> kind() {
        return ObjectKind.ofPropagated(spec().path("resource"));
    }

    /** The object that it propagates, while that exists. */
    Optional<ObjectNode> template(ControlPlane host) {
        JsonNode resource = spec().path("resource");
        return kind().flatMap(kind -> host.get(
                        kind,
                        resource.path("namespace").asText(),
                        resource.path("name").asText()))
                .filter(this::isOf);
    }

    /** Its scheduled clusters; a count is empty where a cluster gets as many replicas as the object says. */
    Map<String, OptionalInt> clusters() {
        return read(spec().path("clusters"));
    }

    /** Desired clusters of its object: scheduled, or required by a scheduled object. */
    Map<String, OptionalInt> targets() {
        Map<String, OptionalInt> targets = new LinkedHashMap<>(clusters());
        for (JsonNode snapshot : spec().path("requiredBy")) {
            read(snapshot.path("clusters")).keySet().forEach(name -> targets.putIfAbsent(name, OptionalInt.empty()));
        }
        return targets;
    }

    /** Clusters that it leaves, where it stays until it is healthy elsewhere. */
    Set<String> evicted() {
        Set<String> clusters = new LinkedHashSet<>();
        spec().path("gracefulEvictionTasks")
                .forEach(task -> clusters.add(task.path("fromCluster").asText()));
        return clusters;
    }

    private static Map<String, OptionalInt> read(JsonNode list) {
        Map<String, OptionalInt> clusters = new LinkedHashMap<>();
        for (JsonNode cluster : list) {
            JsonNode count = cluster.path("replicas");
            clusters.put(
                    cluster.path("name").asText(), count.isInt() ? OptionalInt.of(count.asInt()) : OptionalInt.empty());
        }
        return clusters;
    }
}
