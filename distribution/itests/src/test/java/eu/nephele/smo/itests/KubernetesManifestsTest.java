// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests of docs/operate/kubernetes fit together, and fit the product. A real API server takes them in adapters/kubernetes. */
class KubernetesManifestsTest {

    static final Path MANIFESTS = Path.of("../../docs/operate/kubernetes");
    private static final Pattern REFERENCE = Pattern.compile("k8s:([^/\\s]+)/([^/\\s]+)/(\\S+)");

    private final List<HasMetadata> objects = read();

    private static List<HasMetadata> read() {
        KubernetesSerialization yaml = new KubernetesSerialization();
        List<HasMetadata> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(MANIFESTS)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    Object read = yaml.unmarshal(in);
                    for (Object object : read instanceof Collection<?> several ? several : List.of(read)) {
                        all.add((HasMetadata) object);
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        return all;
    }

    private <T extends HasMetadata> List<T> of(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private <T extends HasMetadata> T only(Class<T> type) {
        assertThat(of(type)).hasSize(1);
        return of(type).get(0);
    }

    /** Paths of the probes, for a test that asks a server for them. */
    static Set<String> probePaths() {
        KubernetesManifestsTest manifests = new KubernetesManifestsTest();
        Container server = manifests.server();
        return Stream.of(server.getStartupProbe(), server.getLivenessProbe(), server.getReadinessProbe())
                .map(probe -> probe.getHttpGet().getPath())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private PodSpec pod() {
        return only(Deployment.class).getSpec().getTemplate().getSpec();
    }

    private Container server() {
        assertThat(pod().getContainers()).hasSize(1);
        return pod().getContainers().get(0);
    }

    private Set<List<String>> references() {
        Set<List<String>> references = new java.util.HashSet<>();
        only(ConfigMap.class).getData().values().forEach(text -> {
            Matcher reference = REFERENCE.matcher(text);
            while (reference.find()) {
                references.add(List.of(reference.group(1), reference.group(2), reference.group(3)));
            }
        });
        return references;
    }

    @Test
    void eachReferenceLeadsToAKeyThatTheAccountMayGetAndItMayGetNothingElse() {
        assertThat(references()).hasSize(3);
        Set<List<String>> keys = new java.util.HashSet<>();
        of(Secret.class).forEach(secret -> secret.getStringData()
                .keySet()
                .forEach(key -> keys.add(List.of(
                        secret.getMetadata().getNamespace(),
                        secret.getMetadata().getName(),
                        key))));
        assertThat(keys).containsAll(references());

        Role role = only(Role.class);
        assertThat(role.getRules()).hasSize(1);
        PolicyRule rule = role.getRules().get(0);
        assertThat(rule.getVerbs()).containsExactly("get");
        assertThat(rule.getResources()).containsExactly("secrets");
        assertThat(rule.getResourceNames())
                .containsExactlyInAnyOrderElementsOf(
                        references().stream().map(place -> place.get(1)).toList());
        RoleBinding binding = only(RoleBinding.class);
        assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
        assertThat(binding.getSubjects()).singleElement().satisfies(subject -> assertThat(subject.getName())
                .isEqualTo(only(ServiceAccount.class).getMetadata().getName())
                .isEqualTo(pod().getServiceAccountName()));
    }

    @Test
    void theConfigurationHasOnlyPropertiesOfTheProductAndNoSecretInClear() throws IOException {
        for (Map.Entry<String, String> file : only(ConfigMap.class).getData().entrySet()) {
            String pid = file.getKey().replaceFirst("\\.cfg$", "");
            String section = ConfigurationPage.expected().getOrDefault(pid, "");
            assertThat(section).as(pid).isNotEmpty();
            Properties properties = new Properties();
            properties.load(new StringReader(file.getValue()));
            assertThat(properties).isNotEmpty();
            for (String name : properties.stringPropertyNames()) {
                assertThat(section).as(pid).contains("`" + name + "`");
                if (name.matches("(?i).*(password|token|secret|credentials).*")) {
                    assertThat(properties.getProperty(name)).matches("(?:.*=.*:)?k8s:.*");
                }
            }
        }
        of(Secret.class).forEach(secret -> assertThat(secret.getStringData().values())
                .allMatch(text -> text.contains("REPLACE-ME")));
    }

    @Test
    void theServerIsNotRootWritesOnlyToItsVolumesAndItsParametersAreThoseOfTheLauncher() {
        assertThat(pod().getSecurityContext().getRunAsNonRoot()).isTrue();
        List<Container> all = Stream.concat(pod().getInitContainers().stream(), pod().getContainers().stream())
                .toList();
        assertThat(all).hasSize(2).allSatisfy(container -> {
            assertThat(container.getImage())
                    .as("a parameter: there is no image")
                    .isEqualTo("IMAGE");
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
        });
        List<String> command = server().getCommand();
        assertThat(command)
                .containsSubsequence(
                        "--profile", "production", "--data", "/data", "--host", "0.0.0.0", "--port", "8000");
        assertThat(Distribution.HOME.resolve("lib/smo-launcher.jar")).isRegularFile();
        assertThat(Distribution.HOME.resolve("profiles/production.bundles")).isRegularFile();
        assertThat(server().getVolumeMounts())
                .extracting(mount -> mount.getMountPath())
                .containsExactlyInAnyOrder("/data", "/tmp");
    }

    @Test
    void volumesPortsAndSelectorsFit() {
        Set<String> names = objects.stream()
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .collect(Collectors.toSet());
        for (Volume volume : pod().getVolumes()) {
            if (volume.getConfigMap() != null) {
                assertThat(names).contains("ConfigMap/" + volume.getConfigMap().getName());
            } else if (volume.getSecret() != null) {
                assertThat(names).contains("Secret/" + volume.getSecret().getSecretName());
            } else if (volume.getPersistentVolumeClaim() != null) {
                assertThat(volume.getPersistentVolumeClaim().getClaimName())
                        .isEqualTo(
                                only(PersistentVolumeClaim.class).getMetadata().getName());
            }
        }
        Deployment deployment = only(Deployment.class);
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        Service service = only(Service.class);
        assertThat(service.getSpec().getSelector()).isEqualTo(labels);
        assertThat(service.getSpec().getPorts()).singleElement().satisfies(port -> assertThat(
                        port.getTargetPort().getStrVal())
                .isEqualTo(server().getPorts().get(0).getName()));
        assertThat(deployment.getSpec().getStrategy().getType())
                .as("one data directory has one server")
                .isEqualTo("Recreate");
        assertThat(probePaths()).containsExactly("/health/live", "/health/ready");
    }
}
