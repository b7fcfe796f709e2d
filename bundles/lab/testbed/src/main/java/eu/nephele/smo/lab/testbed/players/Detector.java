// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds the policy of each object and writes its ResourceBinding, without saying where. An object whose policy has gone stays where
 * it was. While the binding of an earlier object of the same name is there, a new object gets none.
 */
final class Detector {

    static final String POLICY_NAMESPACE = "propagationpolicy.karmada.io/namespace";
    static final String POLICY_NAME = "propagationpolicy.karmada.io/name";

    private static final List<String> OF_OTHERS = List.of("clusters", "gracefulEvictionTasks", "requiredBy");
    private static final List<String> TOLERATED =
            List.of("cluster.karmada.io/not-ready", "cluster.karmada.io/unreachable");
    private static final int TOLERATION_SECONDS = 300;

    private final ControlPlane host;
    private final PlayerLoop playerLoop;
    // by uid: the resource version of the last change of the specification, as in bindings
    private final Map<String, Specification> specifications = new HashMap<>();

    private record Specification(String digest, String version) {}

    Detector(ControlPlane host, PlayerLoop playerLoop) {
        this.host = host;
        this.playerLoop = playerLoop;
    }

    void reconcile() {
        List<ObjectNode> policies = host.all(ObjectKind.PROPAGATION_POLICY);
        Set<String> known = new HashSet<>();
        for (ObjectKind kind : ObjectKind.TEMPLATES) {
            for (ObjectNode object : host.all(kind)) {
                known.add(object.path("metadata").path("uid").asText());
                if (!ControlPlane.ends(object)) {
                    PolicyMatcher.select(object, policies)
                            .ifPresent(policy -> playerLoop.attempt(() -> detect(kind, object, policy)));
                }
            }
        }
        specifications.keySet().retainAll(known);
    }

    private void detect(ObjectKind kind, ObjectNode object, ObjectNode policy) {
        JsonNode labels = labels(policy);
        if (!claimed(object, labels)) {
            ObjectNode patch = ApiServer.object();
            patch.putObject("metadata").set("labels", labels);
            host.server().patch(kind, object.path("metadata"), patch);
            return; // its next version triggers another try
        }
        ObjectNode wanted = form(kind, object);
        ((ObjectNode) wanted.path("metadata")).set("labels", labels);
        fill((ObjectNode) wanted.path("spec"), kind, object, policy.path("spec"));
        Optional<BindingObject> before = host.get(
                        ObjectKind.RESOURCE_BINDING,
                        object.path("metadata").path("namespace").asText(),
                        KarmadaNames.binding(kind, object))
                .map(BindingObject::new);
        if (before.isPresent() && (before.get().ends() || !before.get().isOf(object))) {
            return; // the garbage collector has to remove it first
        }
        if (before.isEmpty() || differs(before.get(), wanted)) {
            host.server().apply(ObjectKind.RESOURCE_BINDING, wanted, ControlPlane.CONTROLLERS);
        }
    }

    /** A binding with the reference of its object only. */
    ObjectNode form(ObjectKind kind, ObjectNode object) {
        JsonNode about = object.path("metadata");
        ObjectNode binding = ApiServer.object(
                ObjectKind.RESOURCE_BINDING, about.path("namespace").asText(), KarmadaNames.binding(kind, object));
        ObjectNode metadata = (ObjectNode) binding.path("metadata");
        metadata.putArray("finalizers").add(BindingObject.FINALIZER);
        ObjectNode reference = ApiServer.object()
                .put("apiVersion", kind.apiVersion())
                .put("kind", kind.name())
                .put("name", about.path("name").asText())
                .put("uid", about.path("uid").asText());
        metadata.putArray("ownerReferences")
                .add(reference.deepCopy().put("controller", true).put("blockOwnerDeletion", true));
        binding.putObject("spec")
                .set(
                        "resource",
                        reference
                                .put("namespace", about.path("namespace").asText())
                                .put("resourceVersion", version(kind, object)));
        return binding;
    }

    private static void fill(ObjectNode spec, ObjectKind kind, ObjectNode object, JsonNode policy) {
        spec.set("placement", tolerant(policy.path("placement")));
        spec.put("schedulerName", "default-scheduler");
        if (policy.path("propagateDeps").asBoolean()) {
            spec.put("propagateDeps", true);
        }
        ReplicaField.read(kind, object).ifPresent(count -> {
            spec.put("replicas", count);
            ResourceAmounts one =
                    ResourceAmounts.ofContainers(object.path("spec").path("template"));
            if (!one.isEmpty()) {
                spec.putObject("replicaRequirements").set("resourceRequest", one.toTree());
            }
        });
    }

    /** With the tolerations that the webhook of a real one adds. */
    private static ObjectNode tolerant(JsonNode placement) {
        ObjectNode tolerant = placement instanceof ObjectNode given ? given.deepCopy() : ApiServer.object();
        ArrayNode tolerations = tolerant.withArray("/clusterTolerations");
        for (String key : TOLERATED) {
            boolean said = false;
            for (JsonNode toleration : tolerations) {
                said |= toleration.path("key").asText().equals(key);
            }
            if (!said) {
                tolerations
                        .addObject()
                        .put("effect", "NoExecute")
                        .put("key", key)
                        .put("operator", "Exists")
                        .put("tolerationSeconds", TOLERATION_SECONDS);
            }
        }
        return tolerant;
    }

    private static boolean differs(BindingObject is, ObjectNode wanted) {
        ObjectNode spec = ((ObjectNode) is.spec()).deepCopy();
        spec.remove(OF_OTHERS);
        return !spec.equals(wanted.path("spec"))
                || !claimed(is.tree(), wanted.path("metadata").path("labels"));
    }

    private static JsonNode labels(ObjectNode policy) {
        return ApiServer.object()
                .put(POLICY_NAMESPACE, policy.path("metadata").path("namespace").asText())
                .put(POLICY_NAME, policy.path("metadata").path("name").asText());
    }

    private static boolean claimed(ObjectNode object, JsonNode labels) {
        JsonNode has = object.path("metadata").path("labels");
        return labels.properties().stream().allMatch(label -> label.getValue().equals(has.path(label.getKey())));
    }

    private String version(ObjectKind kind, ObjectNode object) {
        String digest =
                MemberCopy.create(kind, object, OptionalInt.empty(), List.of()).digest();
        return specifications
                .compute(
                        object.path("metadata").path("uid").asText(),
                        (uid, before) -> before != null && before.digest().equals(digest)
                                ? before
                                : new Specification(
                                        digest,
                                        object.path("metadata")
                                                .path("resourceVersion")
                                                .asText()))
                .version();
    }
}
