// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MemberCopyTest {

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              {name: a, namespace: demo, uid: u1, resourceVersion: "7", generation: 2, labels: {app: a}, ownerReferences: []}
            spec:
              replicas: 3
              template: {spec: {containers: [{name: a, image: x:1}]}}
            status: {readyReplicas: 3}
            """;

    @Test
    void aCopyHasWhatWasWrittenAndNothingOfTheServer() throws IOException {
        ObjectNode copy = copy(DEPLOYMENT, List.of()).object();

        assertThat(copy.has("status")).isFalse();
        assertThat(copy.path("metadata").properties())
                .extracting(field -> field.getKey())
                .containsExactlyInAnyOrder("name", "namespace", "labels", "annotations");
        assertThat(copy.path("metadata").path("labels").toString())
                .isEqualTo("{\"app\":\"a\",\"karmada.io/managed\":\"true\"}");
        assertThat(copy.path("spec")).isEqualTo(tree(DEPLOYMENT).path("spec"));
    }

    @Test
    void theDigestChangesWithTheContentOnly() throws IOException {
        String digest = copy(DEPLOYMENT, List.of()).digest();

        assertThat(copy(DEPLOYMENT.replace("\"7\"", "\"8\"").replace("readyReplicas: 3", "readyReplicas: 2"), List.of())
                        .digest())
                .isEqualTo(digest);
        assertThat(copy(DEPLOYMENT.replace("replicas: 3\n", "replicas: 4\n"), List.of())
                        .digest())
                .isNotEqualTo(digest);
    }

    @Test
    void aClusterMayHaveACountOfItsOwn() throws IOException {
        MemberCopy copy = MemberCopy.create(ObjectKind.DEPLOYMENT, tree(DEPLOYMENT), OptionalInt.of(1), List.of());

        assertThat(copy.object().at("/spec/replicas").asInt()).isEqualTo(1);
    }

    @Test
    void overridesChangeTheCopy() throws IOException {
        ObjectNode copy = copy(
                        DEPLOYMENT,
                        List.of(
                                tree("{path: /spec/replicas, operator: replace, value: 5}"),
                                tree("{path: /spec/template/spec/containers/0, operator: replace, value: {name: b}}"),
                                tree("{path: /metadata/labels/app, operator: remove}")))
                .object();

        assertThat(copy.at("/spec/replicas").asInt()).isEqualTo(5);
        assertThat(copy.at("/spec/template/spec/containers/0/name").asText()).isEqualTo("b");
        assertThat(copy.at("/metadata/labels").has("app")).isFalse();
    }

    @Test
    void eachClusterGivesAServiceItsOwnAddress() throws IOException {
        ObjectNode service = tree("""
                apiVersion: v1
                kind: Service
                metadata: {name: a, namespace: demo}
                spec: {clusterIP: 10.0.0.7, clusterIPs: [10.0.0.7], ports: [{port: 80, nodePort: 30007}]}
                """);

        JsonNode spec = MemberCopy.create(ObjectKind.SERVICE, service, OptionalInt.empty(), List.of())
                .object()
                .path("spec");

        assertThat(spec.toString()).isEqualTo("{\"ports\":[{\"port\":80}]}");
    }

    private static MemberCopy copy(String template, List<JsonNode> changes) throws IOException {
        return MemberCopy.create(ObjectKind.DEPLOYMENT, tree(template), OptionalInt.empty(), changes);
    }

    private static ObjectNode tree(String text) throws IOException {
        return (ObjectNode) new YAMLMapper().readTree(text);
    }
}
