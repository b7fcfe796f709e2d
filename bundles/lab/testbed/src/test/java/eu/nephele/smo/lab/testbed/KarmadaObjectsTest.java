// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KarmadaObjectsTest {

    @TempDir
    Path folder;

    @Test
    void clustersAreServedByTheAggregatedApiServerOfThisMachine() throws IOException {
        JsonNode service = yaml(KarmadaObjects.aggregation(7443, "authority").get(0));
        JsonNode api = yaml(KarmadaObjects.aggregation(7443, "authority").get(1));

        assertThat(service.at("/spec/externalName").asText()).isEqualTo("localhost");
        assertThat(api.at("/metadata/name").asText()).isEqualTo("v1alpha1.cluster.karmada.io");
        assertThat(api.at("/spec/service/port").asInt()).isEqualTo(7443);
        assertThat(api.at("/spec/caBundle").asText()).isEqualTo("YXV0aG9yaXR5");
    }

    @Test
    void theCertificateIsForTheNameThatTheApiServerLooksFor() throws IOException {
        JsonNode service = yaml(KarmadaObjects.aggregation(1, "").get(1)).at("/spec/service");

        assertThat(KarmadaObjects.AGGREGATED_HOST)
                .isEqualTo(service.path("name").asText() + "."
                        + service.path("namespace").asText() + ".svc");
    }

    @Test
    void policiesAndWorksComeByTheWebhook() throws IOException {
        URI webhook = URI.create("https://127.0.0.1:8443");
        JsonNode mutating = yaml(KarmadaObjects.webhooks(webhook, "authority").get(0));
        JsonNode validating = yaml(KarmadaObjects.webhooks(webhook, "authority").get(1));

        assertThat(mutating.at("/webhooks").findValuesAsText("url"))
                .containsExactly(
                        "https://127.0.0.1:8443/mutate-propagationpolicy",
                        "https://127.0.0.1:8443/mutate-clusterpropagationpolicy",
                        "https://127.0.0.1:8443/mutate-overridepolicy",
                        "https://127.0.0.1:8443/mutate-work",
                        "https://127.0.0.1:8443/mutate-resourcebinding",
                        "https://127.0.0.1:8443/mutate-clusterresourcebinding");
        assertThat(mutating.at("/webhooks/3/rules/0/apiGroups/0").asText()).isEqualTo("work.karmada.io");
        assertThat(mutating.at("/webhooks/4/rules/0").toString())
                .contains("work.karmada.io", "\"resourcebindings\"", "[\"CREATE\"]");
        assertThat(mutating.at("/webhooks").findValuesAsText("failurePolicy"))
                .as("versions before 1.10 have no path for bindings")
                .containsExactly("Fail", "Fail", "Fail", "Fail", "Ignore", "Ignore");
        assertThat(mutating.at("/webhooks/0/rules/0/apiGroups/0").asText()).isEqualTo("policy.karmada.io");
        assertThat(validating.at("/webhooks").findValuesAsText("url"))
                .contains("https://127.0.0.1:8443/validate-clusteroverridepolicy");
    }

    /** Karmada's controllers look for bindings of roles with this resource, and may act in members as their subjects. */
    @Test
    void theAdministratorIsNamedAmongThoseWhoMayAskMembers() throws IOException {
        JsonNode role = yaml(KarmadaObjects.proxyRights("admin").get(0));
        JsonNode binding = yaml(KarmadaObjects.proxyRights("admin").get(1));

        assertThat(role.at("/rules/0").toString())
                .isEqualTo(
                        "{\"apiGroups\":[\"cluster.karmada.io\"],\"resources\":[\"clusters/proxy\"],\"verbs\":[\"*\"]}");
        assertThat(binding.at("/roleRef/name")).isEqualTo(role.at("/metadata/name"));
        assertThat(binding.path("kind").asText())
                .as("those of a namespace are not looked at")
                .isEqualTo("ClusterRoleBinding");
        assertThat(binding.at("/subjects").findValuesAsText("kind")).containsExactly("User", "Group");
        assertThat(binding.at("/subjects").findValuesAsText("name")).containsExactly("admin", "system:masters");
    }

    @Test
    void definitionsAreThoseOfTheReleaseWithoutItsPatches() throws IOException {
        Files.createDirectories(folder.resolve("bases/work"));
        Files.createDirectories(folder.resolve("patches"));
        Path definition = Files.writeString(folder.resolve("bases/work/works.yaml"), "");
        Files.writeString(folder.resolve("patches/patch.yaml"), "");

        assertThat(RealKarmada.definitions(folder)).containsExactly(definition);
        assertThatThrownBy(() -> RealKarmada.definitions(Files.createDirectory(folder.resolve("empty"))))
                .hasMessageContaining("has no definitions of kinds");
    }

    @Test
    void theArchiveOfAReleaseMayHaveBeenUnpackedIntoTheFolder() throws IOException {
        Path unpacked = Files.createDirectories(folder.resolve("crds"));
        Files.createDirectories(unpacked.resolve("bases/work"));
        Files.createDirectories(unpacked.resolve("patches"));
        Path definition = Files.writeString(unpacked.resolve("bases/work/works.yaml"), "");
        Files.writeString(unpacked.resolve("patches/patch.yaml"), "");
        Files.writeString(unpacked.resolve("kustomization.yaml"), "");

        assertThat(RealKarmada.definitions(folder)).containsExactly(definition);
    }

    private static JsonNode yaml(String text) throws IOException {
        return new YAMLMapper().readTree(text);
    }
}
