// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.OwnershipLabels;
import eu.nephele.smo.adapters.karmada.read.UntypedObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.StepKey;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our objects on the control plane: created, changed and deleted only when they differ from the desired state. */
final class OwnedObjects {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ApiServerConnection connection;

    OwnedObjects(ApiServerConnection connection) {
        this.connection = connection;
    }

    static boolean isOurs(GenericKubernetesResource object) {
        return Optional.ofNullable(object.getMetadata().getLabels())
                .map(labels -> OwnershipLabels.SMO.equals(labels.get(OwnershipLabels.MANAGED_BY)))
                .orElse(false);
    }

    List<GenericKubernetesResource> list(ResourceDefinitionContext kind, String namespace) {
        return connection.call(
                "List the %s of %s".formatted(kind.getPlural(), namespace),
                client -> client.genericKubernetesResources(kind)
                        .inNamespace(namespace)
                        .list()
                        .getItems());
    }

    Optional<GenericKubernetesResource> find(ResourceDefinitionContext kind, String namespace, String name) {
        return connection.find(
                "Read the %s %s/%s".formatted(kind.getKind(), namespace, name),
                client -> Optional.ofNullable(
                        resource(client, kind, namespace, name).get()));
    }

    /**
     * @param owner the workload with which it ends; empty: it stays until it is removed
     * @throws AdapterException {@code CONFLICT}: a foreign object has the name; {@code UNAVAILABLE}: a former one
     *     is being deleted
     */
    void ensure(
            ResourceDefinitionContext kind,
            StepKey key,
            String name,
            Map<String, Object> spec,
            Optional<ObservedWorkload> owner) {
        String namespace = key.workload().graph().project();
        Optional<GenericKubernetesResource> present = find(kind, namespace, name);
        if (present.isEmpty()) {
            create(kind, key, name, spec, owner);
            return;
        }
        if (!isOurs(present.get())) {
            throw new AdapterException(
                    AdapterException.Kind.CONFLICT,
                    connection.system(),
                    "The %s %s/%s does not belong to the SMO; rename or delete it"
                            .formatted(kind.getKind(), namespace, name));
        }
        if (present.get().getMetadata().getDeletionTimestamp() != null) {
            throw new AdapterException(
                    AdapterException.Kind.UNAVAILABLE,
                    connection.system(),
                    "The %s %s/%s is being deleted; it is created again afterwards"
                            .formatted(kind.getKind(), namespace, name),
                    Optional.of(SOON));
        }
        List<OwnerReference> owners = owners(owner);
        if (!contains(UntypedObject.from(present.get()).at("spec"), spec) || !has(present.get(), owners)) {
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("annotations", OwnershipLabels.annotations(key));
            metadata.put("ownerReferences", owners);
            patch(kind, namespace, name, Map.of("metadata", metadata, "spec", spec));
        }
    }

    /** A workload that was created again is another owner: the object would be deleted with the former one. */
    private static boolean has(GenericKubernetesResource object, List<OwnerReference> owners) {
        List<String> present = Optional.ofNullable(object.getMetadata().getOwnerReferences()).orElse(List.of()).stream()
                .map(OwnerReference::getUid)
                .toList();
        return present.equals(owners.stream().map(OwnerReference::getUid).toList());
    }

    private static List<OwnerReference> owners(Optional<ObservedWorkload> owner) {
        return owner.stream()
                .map(workload -> new OwnerReferenceBuilder()
                        .withApiVersion(workload.what().apiVersion())
                        .withKind(workload.kind())
                        .withName(workload.name())
                        .withUid(workload.uid())
                        .build())
                .toList();
    }

    void patch(ResourceDefinitionContext kind, String namespace, String name, Map<String, Object> change) {
        connection.call("Change the %s %s/%s".formatted(kind.getKind(), namespace, name), client -> resource(
                        client, kind, namespace, name)
                .patch(MERGE, client.getKubernetesSerialization().asJson(change)));
    }

    /** Leaves foreign objects. */
    void remove(ResourceDefinitionContext kind, String namespace, String name) {
        find(kind, namespace, name)
                .filter(OwnedObjects::isOurs)
                .ifPresent(ours -> connection.call(
                        "Remove the %s %s/%s".formatted(kind.getKind(), namespace, name),
                        client -> resource(client, kind, namespace, name).delete()));
    }

    private void create(
            ResourceDefinitionContext kind,
            StepKey key,
            String name,
            Map<String, Object> spec,
            Optional<ObservedWorkload> owner) {
        String namespace = key.workload().graph().project();
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(kind.getGroup() + "/" + kind.getVersion());
        object.setKind(kind.getKind());
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(OwnershipLabels.ownLabels(key.workload()))
                .withAnnotations(OwnershipLabels.annotations(key))
                .withOwnerReferences(owners(owner))
                .build());
        object.setAdditionalProperty("spec", spec);
        connection.call(
                "Create the %s %s/%s".formatted(kind.getKind(), namespace, name),
                client -> client.genericKubernetesResources(kind)
                        .inNamespace(namespace)
                        .resource(object)
                        .create());
    }

    /** Returns whether the desired state is present; additions of the server (defaults) do not matter. */
    private static boolean contains(UntypedObject present, Object wanted) {
        if (wanted instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .allMatch(entry -> contains(present.at(String.valueOf(entry.getKey())), entry.getValue()));
        }
        if (wanted instanceof List<?> list) {
            List<UntypedObject> items = present.list();
            return items.size() == list.size()
                    && java.util.stream.IntStream.range(0, list.size())
                            .allMatch(i -> contains(items.get(i), list.get(i)));
        }
        return present.text().equals(Optional.of(String.valueOf(wanted)));
    }

    private static Resource<GenericKubernetesResource> resource(
            KubernetesClient client, ResourceDefinitionContext kind, String namespace, String name) {
        return client.genericKubernetesResources(kind).inNamespace(namespace).withName(name);
    }
}
