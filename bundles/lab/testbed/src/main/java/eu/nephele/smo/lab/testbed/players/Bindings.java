// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes ResourceBindings and the status that they gather, in the form of the recorded answers of a real Karmada. */
final class Bindings {

    private static final List<String> COUNTS =
            List.of("replicas", "readyReplicas", "updatedReplicas", "availableReplicas");

    private final ApiServer host;
    private final Mirror bindings;

    Bindings(ApiServer host, Mirror bindings) {
        this.host = host;
        this.bindings = bindings;
    }

    static String nameOf(Kind kind, JsonNode object) {
        return object.path("metadata").path("name").asText() + "-" + kind.name().toLowerCase(Locale.ROOT);
    }

    Optional<ObjectNode> of(Kind kind, ObjectNode object) {
        return bindings.get(object.path("metadata").path("namespace").asText(), nameOf(kind, object))
                .filter(found -> found.path("spec")
                        .path("resource")
                        .path("uid")
                        .equals(object.path("metadata").path("uid")));
    }

    /** Writes the binding when it is not as it should be. */
    void write(Kind kind, ObjectNode object, Optional<ObjectNode> policy, Targets targets) {
        String namespace = object.path("metadata").path("namespace").asText();
        ObjectNode binding = ApiServer.object(Kind.RESOURCE_BINDING, namespace, nameOf(kind, object));
        ObjectNode metadata = (ObjectNode) binding.path("metadata");
        policy.ifPresent(found -> metadata.putObject("labels")
                .put("propagationpolicy.karmada.io/namespace", namespace)
                .put(
                        "propagationpolicy.karmada.io/name",
                        found.path("metadata").path("name").asText()));
        metadata.putArray("ownerReferences").add(owner(object));
        ObjectNode spec = binding.putObject("spec");
        spec.set("clusters", targets.toTree());
        policy.ifPresent(found -> spec.set("placement", found.path("spec").path("placement")));
        spec.set("resource", reference(object));
        replicas(kind, object, spec);
        Optional<ObjectNode> before = of(kind, object);
        if (before.isEmpty() || !same(before.get(), binding)) {
            host.apply(Kind.RESOURCE_BINDING, binding, "karmada");
        }
    }

    /** Tells in the binding, and on the object itself, what the members say of their copies. */
    void report(Kind kind, ObjectNode object, Targets targets, Map<String, Member> members) {
        Optional<ObjectNode> binding = of(kind, object);
        if (binding.isEmpty()) {
            return;
        }
        ArrayNode gathered = ApiServer.object().putArray("aggregatedStatus");
        JsonNode before = binding.get().path("status").path("aggregatedStatus");
        for (String cluster : targets.replicas().keySet()) {
            Optional.ofNullable(members.get(cluster))
                    .flatMap(member -> inCluster(kind, object, member, before))
                    .ifPresent(gathered::add);
        }
        if (!gathered.equals(before)) {
            ObjectNode status = ApiServer.object();
            status.set("aggregatedStatus", gathered);
            host.patchStatus(Kind.RESOURCE_BINDING, binding.get().path("metadata"), status, false);
        }
        if (kind.equals(Kind.DEPLOYMENT) || kind.equals(Kind.STATEFUL_SET)) {
            sum(kind, object, gathered);
        }
    }

    /** A cluster that does not answer is told of as it was last. */
    private static Optional<JsonNode> inCluster(Kind kind, ObjectNode object, Member member, JsonNode before) {
        if (!member.reachable()) {
            for (JsonNode entry : before) {
                if (entry.path("clusterName").asText().equals(member.name())) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        }
        JsonNode metadata = object.path("metadata");
        return member.copy(
                        kind,
                        metadata.path("namespace").asText(),
                        metadata.path("name").asText())
                .map(copy -> entry(kind, copy, member.name()));
    }

    private static ObjectNode entry(Kind kind, ObjectNode copy, String cluster) {
        ObjectNode entry = ApiServer.object().put("clusterName", cluster).put("applied", true);
        JsonNode status = copy.path("status");
        if (kind.equals(Kind.DEPLOYMENT) || kind.equals(Kind.STATEFUL_SET)) {
            ObjectNode counts = entry.putObject("status");
            for (String count : COUNTS) {
                if (status.path(count).asInt() > 0) {
                    counts.put(count, status.path(count).asInt());
                }
            }
            boolean whole = status.path("readyReplicas").asInt()
                            == copy.path("spec").path("replicas").asInt()
                    && status.path("observedGeneration")
                            .equals(copy.path("metadata").path("generation"));
            entry.put("health", whole ? "Healthy" : "Unhealthy");
        } else {
            entry.put("health", "Unknown");
        }
        return entry;
    }

    private void sum(Kind kind, ObjectNode object, ArrayNode gathered) {
        ObjectNode status = ApiServer.object();
        boolean different = false;
        for (String count : COUNTS) {
            int sum = 0;
            for (JsonNode entry : gathered) {
                sum += entry.path("status").path(count).asInt();
            }
            status.put(count, sum);
            different |= object.path("status").path(count).asInt() != sum;
        }
        JsonNode generation = object.path("metadata").path("generation");
        status.set("observedGeneration", generation);
        different |= !object.path("status").path("observedGeneration").equals(generation);
        if (different) {
            host.patchStatus(kind, object.path("metadata"), status, false);
        }
    }

    private static boolean same(ObjectNode is, ObjectNode wanted) {
        return is.path("spec").equals(wanted.path("spec"))
                && is.path("metadata")
                        .path("labels")
                        .equals(wanted.path("metadata").path("labels"));
    }

    private static void replicas(Kind kind, ObjectNode object, ObjectNode spec) {
        if (kind.equals(Kind.DEPLOYMENT) || kind.equals(Kind.STATEFUL_SET)) {
            spec.put("replicas", object.path("spec").path("replicas").asInt());
            Amounts one = Amounts.ofContainers(object.path("spec").path("template"));
            if (!one.isEmpty()) {
                spec.putObject("replicaRequirements").set("resourceRequest", one.toTree());
            }
        }
    }

    private static ObjectNode owner(ObjectNode object) {
        ObjectNode owner = reference(object).put("controller", true).put("blockOwnerDeletion", true);
        owner.remove(List.of("namespace", "resourceVersion"));
        return owner;
    }

    private static ObjectNode reference(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return ApiServer.object()
                .put("apiVersion", object.path("apiVersion").asText())
                .put("kind", object.path("kind").asText())
                .put("namespace", metadata.path("namespace").asText())
                .put("name", metadata.path("name").asText())
                .put("uid", metadata.path("uid").asText());
    }
}
