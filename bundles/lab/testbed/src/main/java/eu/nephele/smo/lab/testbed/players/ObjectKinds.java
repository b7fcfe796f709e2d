// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The kinds of objects that an API server does not have by itself. */
public final class ObjectKinds {

    /** The group under which Cluster objects are kept where Karmada is played: they are served under that of Karmada. */
    public static final String CLUSTER_STORE = "cluster.testbed.io";

    private static final String RESOURCE = "/eu/nephele/smo/lab/testbed/crds.yaml";
    private static final String KARMADA = ".karmada.io";
    private static final String MULTI_CLUSTER = "multicluster.x-k8s.io";
    private static final long READY_SECONDS = 30;

    private ObjectKinds() {}

    /** @param withKarmada whether it is a control plane of Karmada; members and plain clusters do not have its kinds */
    public static void install(ApiServer server, boolean withKarmada) throws IOException {
        KubernetesClient client = server.client();
        install(
                client,
                all(client).stream()
                        .filter(definition -> withKarmada || !isOfKarmada(definition))
                        .toList());
    }

    private static boolean isOfKarmada(CustomResourceDefinition definition) {
        String group = definition.getSpec().getGroup();
        return group.endsWith(KARMADA) || group.equals(CLUSTER_STORE);
    }

    /**
     * Creates kinds that are not there yet. They are not applied: an API server that is older than the definitions refuses what it
     * does not know when it applies (<i>field not declared in schema</i>), and leaves it out when it creates.
     *
     * @param yaml definitions of kinds, one or more
     */
    public static void create(ApiServer server, String yaml) throws IOException {
        KubernetesClient client = server.client();
        try (InputStream in = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))) {
            List<CustomResourceDefinition> definitions = read(client, in);
            definitions.stream()
                    .filter(definition -> client.resource(definition).get() == null)
                    .forEach(definition -> client.resource(definition).create());
            awaitEstablished(client, definitions);
        }
    }

    private static void install(KubernetesClient client, List<CustomResourceDefinition> definitions) {
        definitions.forEach(
                definition -> client.resource(definition).forceConflicts().serverSideApply());
        awaitEstablished(client, definitions);
    }

    private static void awaitEstablished(KubernetesClient client, List<CustomResourceDefinition> definitions) {
        for (CustomResourceDefinition definition : definitions) {
            client.resource(definition).waitUntilCondition(ObjectKinds::isEstablished, READY_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** The API server writes {@code conditions: null} until it has looked at a definition for the first time. */
    static boolean isEstablished(CustomResourceDefinition definition) {
        return Optional.ofNullable(definition)
                .map(CustomResourceDefinition::getStatus)
                .map(CustomResourceDefinitionStatus::getConditions)
                .orElse(List.of())
                .stream()
                .anyMatch(condition -> condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
    }

    /** Deletes the kinds of multi-cluster services, and with them every object of these kinds. */
    public static void removeMultiClusterServices(ApiServer server) throws IOException {
        KubernetesClient client = server.client();
        for (CustomResourceDefinition definition : all(client)) {
            if (definition.getSpec().getGroup().equals(MULTI_CLUSTER)) {
                client.resource(definition).delete();
            }
        }
    }

    private static List<CustomResourceDefinition> all(KubernetesClient client) throws IOException {
        try (InputStream in = ObjectKinds.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException(RESOURCE + " is missing in this jar");
            }
            return read(client, in);
        }
    }

    private static List<CustomResourceDefinition> read(KubernetesClient client, InputStream in) {
        List<CustomResourceDefinition> definitions = new ArrayList<>();
        for (HasMetadata object : client.load(in).items()) {
            if (object instanceof CustomResourceDefinition definition) {
                definitions.add(definition);
            }
        }
        return List.copyOf(definitions);
    }
}
