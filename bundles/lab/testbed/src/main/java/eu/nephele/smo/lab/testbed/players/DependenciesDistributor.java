// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Propagates the ConfigMaps and Secrets of a workload with it, where its policy says so: their bindings name the workload. */
final class DependenciesDistributor {

    private static final List<ObjectKind> KINDS = List.of(ObjectKind.CONFIG_MAP, ObjectKind.SECRET);
    private static final String REQUIRED_BY = "requiredBy";

    private final ControlPlane host;
    private final Detector detector;
    private final PlayerLoop playerLoop;

    DependenciesDistributor(ControlPlane host, Detector detector, PlayerLoop playerLoop) {
        this.host = host;
        this.detector = detector;
        this.playerLoop = playerLoop;
    }

    void reconcile() {
        Map<ObjectKind, Map<String, ArrayNode>> required = new LinkedHashMap<>();
        KINDS.forEach(kind -> required.put(kind, new LinkedHashMap<>()));
        for (ObjectNode tree : host.all(ObjectKind.RESOURCE_BINDING)) {
            BindingObject binding = new BindingObject(tree);
            if (!binding.ends() && binding.spec().path("propagateDeps").asBoolean()) {
                binding.template(host).ifPresent(workload -> {
                    WorkloadDependencies needed = WorkloadDependencies.from(workload);
                    add(required.getOrDefault(ObjectKind.CONFIG_MAP, Map.of()), needed.configMaps(), binding);
                    add(required.getOrDefault(ObjectKind.SECRET, Map.of()), needed.secrets(), binding);
                });
            }
        }
        required.forEach((kind, bindings) -> host.all(kind)
                .forEach(object -> playerLoop.attempt(
                        () -> attach(kind, object, Optional.ofNullable(bindings.get(WatchCache.key(object)))))));
    }

    private static void add(Map<String, ArrayNode> required, Set<String> names, BindingObject by) {
        for (String name : names) {
            ObjectNode snapshot =
                    ApiServer.object().put("namespace", by.namespace()).put("name", by.name());
            snapshot.set("clusters", by.spec().path("clusters").deepCopy());
            required.computeIfAbsent(by.namespace() + "/" + name, first -> ApiServer.object()
                            .putArray(REQUIRED_BY))
                    .add(snapshot);
        }
    }

    private void attach(ObjectKind kind, ObjectNode object, Optional<ArrayNode> required) {
        Optional<BindingObject> before = host.get(
                        ObjectKind.RESOURCE_BINDING,
                        object.path("metadata").path("namespace").asText(),
                        KarmadaNames.binding(kind, object))
                .map(BindingObject::new);
        if (before.filter(found -> found.ends() || !found.isOf(object)).isPresent() || ControlPlane.ends(object)) {
            return;
        }
        if (before.isEmpty() && required.isPresent()) {
            ObjectNode binding = detector.form(kind, object);
            ((ObjectNode) binding.path("spec")).set(REQUIRED_BY, required.get());
            host.server().apply(ObjectKind.RESOURCE_BINDING, binding, ControlPlane.CONTROLLERS);
        } else if (before.isPresent()) {
            require(before.get(), required);
        }
    }

    private void require(BindingObject binding, Optional<ArrayNode> required) {
        JsonNode now = binding.spec().path(REQUIRED_BY);
        boolean same = required.map(now::equals).orElse(now.isEmpty());
        if (required.isEmpty() && now.isArray() && !binding.spec().has("placement")) {
            host.server().delete(ObjectKind.RESOURCE_BINDING, binding.metadata(), 0);
        } else if (!same) {
            ObjectNode patch = ApiServer.object();
            ObjectNode spec = patch.putObject("spec");
            required.ifPresentOrElse(list -> spec.set(REQUIRED_BY, list), () -> spec.putNull(REQUIRED_BY));
            host.server().patch(ObjectKind.RESOURCE_BINDING, binding.metadata(), patch);
        }
    }
}
