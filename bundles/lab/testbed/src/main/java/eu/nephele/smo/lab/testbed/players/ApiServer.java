// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Access of players to an API server: objects are trees, writes are few. Failures are those of the client. */
public final class ApiServer implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int REQUEST_MILLIS = 10_000;
    private static final long PAUSE_MILLIS = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final KubernetesClient client;

    private ApiServer(String name, KubernetesClient client) {
        this.name = name;
        this.client = client;
    }

    public static ApiServer open(String name, Path kubeconfig) throws IOException {
        Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestTimeout(REQUEST_MILLIS);
        config.setRequestRetryBackoffLimit(0); // players retry by themselves
        return new ApiServer(
                name, new KubernetesClientBuilder().withConfig(config).build());
    }

    public String name() {
        return name;
    }

    KubernetesClient client() {
        return client;
    }

    static ObjectNode tree(GenericKubernetesResource resource) {
        return JSON.valueToTree(resource);
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ObjectNode object(ObjectKind kind, String namespace, String name) {
        ObjectNode object = object().put("apiVersion", kind.apiVersion()).put("kind", kind.name());
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (kind.namespaced()) {
            metadata.put("namespace", namespace);
        }
        return object;
    }

    public List<ObjectNode> list(ObjectKind kind, String labels) {
        GenericKubernetesResourceList found = kind.namespaced()
                ? operation(kind).inAnyNamespace().withLabelSelector(labels).list()
                : operation(kind).withLabelSelector(labels).list();
        List<ObjectNode> objects = new ArrayList<>();
        for (GenericKubernetesResource item : found.getItems()) {
            objects.add(tree(item));
        }
        return List.copyOf(objects);
    }

    Optional<ObjectNode> find(ObjectKind kind, JsonNode metadata) {
        return Optional.ofNullable(at(
                                kind,
                                metadata.path("namespace").asText(),
                                metadata.path("name").asText())
                        .get())
                .map(ApiServer::tree);
    }

    /** Server-side apply in the name of a player. */
    void apply(ObjectKind kind, ObjectNode object, String player) {
        resource(kind, object).fieldManager(player).forceConflicts().serverSideApply();
    }

    /** Server-side apply of a text in YAML. */
    public void apply(String yaml) {
        client.resource(yaml).forceConflicts().serverSideApply();
    }

    /** Creates an object of a text in YAML: an API server 1.20 breaks off when an APIService is applied. */
    public void create(String yaml) {
        client.resource(yaml).create();
    }

    /** @throws IOException with the last answer, when a path is not answered in time, or not found (404) */
    public void awaitAnswer(String path, int seconds) throws IOException, InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        String said = "404";
        while (true) {
            try {
                if (client.raw(path) != null) {
                    return;
                }
                said = "404";
            } catch (KubernetesClientException e) {
                said = e.getMessage();
            }
            if (System.nanoTime() > end) {
                throw new IOException("%s: %s is not answered after %d s: %s".formatted(name, path, seconds, said));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    void create(ObjectKind kind, ObjectNode object) {
        resource(kind, object).create();
    }

    void patchStatus(ObjectKind kind, JsonNode metadata, ObjectNode status, boolean strategic) {
        ObjectNode patch = object();
        patch.set("status", status);
        at(kind, metadata.path("namespace").asText(), metadata.path("name").asText())
                .subresource("status")
                .patch(PatchContext.of(strategic ? PatchType.STRATEGIC_MERGE : PatchType.JSON_MERGE), patch.toString());
    }

    void patch(ObjectKind kind, JsonNode metadata, ObjectNode patch) {
        at(kind, metadata.path("namespace").asText(), metadata.path("name").asText())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
    }

    void delete(ObjectKind kind, JsonNode metadata, long graceSeconds) {
        at(kind, metadata.path("namespace").asText(), metadata.path("name").asText())
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .withGracePeriod(graceSeconds)
                .delete();
    }

    void post(String path, ObjectNode body) {
        client.raw(path, "POST", body.toString());
    }

    private Resource<GenericKubernetesResource> resource(ObjectKind kind, ObjectNode object) {
        try {
            GenericKubernetesResource generic = JSON.treeToValue(object, GenericKubernetesResource.class);
            return in(kind, object.path("metadata").path("namespace").asText()).resource(generic);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not an object of an API server: " + object, e);
        }
    }

    private Resource<GenericKubernetesResource> at(ObjectKind kind, String namespace, String object) {
        return in(kind, namespace).withName(object);
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            in(ObjectKind kind, String namespace) {
        return kind.namespaced() ? operation(kind).inNamespace(namespace) : operation(kind);
    }

    MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            operation(ObjectKind kind) {
        return client.genericKubernetesResources(kind.context());
    }

    @Override
    public void close() {
        client.close();
    }
}
