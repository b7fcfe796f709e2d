// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes a Work for each cluster of a binding into the execution space of that cluster, and has those deleted that are not wanted any
 * more. A Work that is being deleted stays until its member has deleted the copy; the binding does not wait for that.
 */
final class BindingController {

    static final String FINALIZER = "karmada.io/execution-controller";

    private static final String BINDING_NAMESPACE = "resourcebinding.karmada.io/namespace";
    private static final String BINDING_NAME = "resourcebinding.karmada.io/name";
    private static final String BINDING_KEY = "resourcebinding.karmada.io/key";
    private static final String TEMPLATE_UID = "resourcetemplate.karmada.io/uid";
    static final String TEMPLATE_GENERATION = "resourcetemplate.karmada.io/generation";

    private final ControlPlane host;
    private final PlayerLoop playerLoop;
    private final KarmadaVersion version;

    BindingController(ControlPlane host, PlayerLoop playerLoop, KarmadaVersion version) {
        this.host = host;
        this.playerLoop = playerLoop;
        this.version = version;
    }

    void reconcile() {
        Map<String, List<ObjectNode>> works = ofBindings(host);
        for (ObjectNode tree : host.all(ObjectKind.RESOURCE_BINDING)) {
            BindingObject binding = new BindingObject(tree);
            List<ObjectNode> own =
                    Optional.ofNullable(works.remove(binding.key())).orElseGet(List::of);
            if (binding.ends()) {
                playerLoop.attempt(() -> end(binding, own));
            } else {
                playerLoop.attempt(() -> bring(binding, own));
            }
        }
        works.values().forEach(orphans -> orphans.forEach(this::delete));
    }

    /** Works by the key of their binding. */
    static Map<String, List<ObjectNode>> ofBindings(ControlPlane host) {
        Map<String, List<ObjectNode>> works = new LinkedHashMap<>();
        for (ObjectNode work : host.all(ObjectKind.WORK)) {
            JsonNode annotations = work.path("metadata").path("annotations");
            if (annotations.has(BINDING_NAME)) {
                String key = annotations.path(BINDING_NAMESPACE).asText() + "/"
                        + annotations.path(BINDING_NAME).asText();
                works.computeIfAbsent(key, first -> new ArrayList<>()).add(work);
            }
        }
        return works;
    }

    static JsonNode manifest(ObjectNode work) {
        return work.path("spec").path("workload").path("manifests").path(0);
    }

    static String cluster(ObjectNode work) {
        return KarmadaNames.clusterOf(work.path("metadata").path("namespace").asText())
                .orElse("");
    }

    private void end(BindingObject binding, List<ObjectNode> works) {
        works.forEach(this::delete);
        host.removeFinalizer(ObjectKind.RESOURCE_BINDING, binding.tree(), BindingObject.FINALIZER);
    }

    private void bring(BindingObject binding, List<ObjectNode> works) {
        Map<String, OptionalInt> targets = binding.targets();
        Map<String, ObjectNode> there = new LinkedHashMap<>();
        for (ObjectNode work : works) {
            String cluster = cluster(work);
            there.put(cluster, work);
            if (!targets.containsKey(cluster) && !binding.evicted().contains(cluster)) {
                delete(work);
            }
        }
        Optional<ObjectKind> kind = binding.kind();
        Optional<ObjectNode> template = binding.template(host);
        if (kind.isPresent() && template.isPresent()) {
            targets.forEach((cluster, count) -> write(
                    binding,
                    cluster,
                    copy(kind.get(), template.get(), binding, cluster, count),
                    Optional.ofNullable(there.get(cluster))));
        }
    }

    private void write(BindingObject binding, String cluster, MemberCopy copy, Optional<ObjectNode> before) {
        boolean same = before.filter(work -> ControlPlane.ends(work)
                        || MemberCopy.digestOf(manifest(work)).equals(copy.digest()))
                .isPresent();
        if (same) {
            return;
        }
        ObjectNode work = form(cluster, copy);
        ObjectNode metadata = (ObjectNode) work.path("metadata");
        metadata.putObject("labels").put(BINDING_KEY, KarmadaNames.reference(binding.namespace(), binding.name()));
        metadata.putObject("annotations")
                .put(BINDING_NAMESPACE, binding.namespace())
                .put(BINDING_NAME, binding.name());
        host.server().apply(ObjectKind.WORK, work, ControlPlane.CONTROLLERS);
    }

    static ObjectNode form(String cluster, MemberCopy copy) {
        ObjectNode work = ApiServer.object(
                ObjectKind.WORK, KarmadaNames.executionSpace(cluster), KarmadaNames.work(copy.kind(), copy.object()));
        ((ObjectNode) work.path("metadata")).putArray("finalizers").add(FINALIZER);
        work.putObject("spec").putObject("workload").putArray("manifests").add(copy.object());
        return work;
    }

    private MemberCopy copy(
            ObjectKind kind, ObjectNode template, BindingObject binding, String cluster, OptionalInt count) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(BINDING_NAMESPACE, binding.namespace());
        annotations.put(BINDING_NAME, binding.name());
        annotations.put(TEMPLATE_UID, template.path("metadata").path("uid").asText());
        if (version.tellsGenerations()) {
            annotations.put(
                    TEMPLATE_GENERATION,
                    template.path("metadata").path("generation").asText());
        }
        MemberCopy.CopyLabels copyLabels = new MemberCopy.CopyLabels(
                Map.of(
                        "work.karmada.io/namespace",
                        KarmadaNames.executionSpace(cluster),
                        "work.karmada.io/name",
                        KarmadaNames.work(kind, template),
                        BINDING_KEY,
                        KarmadaNames.reference(binding.namespace(), binding.name())),
                annotations);
        return MemberCopy.create(
                kind,
                template,
                count,
                PolicyMatcher.overrides(template, cluster, host.all(ObjectKind.OVERRIDE_POLICY)),
                copyLabels);
    }

    private void delete(ObjectNode work) {
        if (!ControlPlane.ends(work)) {
            playerLoop.attempt(() -> host.server().delete(ObjectKind.WORK, work.path("metadata"), 0));
        }
    }
}
