// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.real;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** A real API server that knows objects of the Prometheus operator, and a user with the rights of docs/operate/rbac and no others. */
final class ApiServer {

    private static final String BINDING = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: smo, namespace: monitoring}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: smo-alert-rules}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: smo}]
            """;

    private final Path folder;
    private final KubernetesClient client;

    ApiServer(Path folder) throws Exception {
        Path programs = Programs.kubernetes();
        Programs.onPath("etcd", "install the Debian package etcd-server");
        Programs.onPath("openssl", "install the Debian package openssl");
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        Path script = folder.resolve("kube.sh");
        copy("/kube.sh", script);
        ProcessBuilder start = new ProcessBuilder(
                        "bash", script.toString(), folder.toString(), "k", String.valueOf(Programs.ports(4)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("kube.log").toFile());
        start.environment().merge("PATH", programs.toString(), (path, more) -> path + ":" + more);
        int code = start.start().waitFor();
        if (code != 0) {
            throw new IOException("The API server does not start: " + Files.readString(folder.resolve("kube.log")));
        }
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfigOfAdmin()))
                .build();
        prepare();
    }

    private void prepare() throws Exception {
        try (InputStream definition = ApiServer.class.getResourceAsStream("/prometheusrules.yaml")) {
            client.load(definition).create();
        }
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("monitoring")
                        .endMetadata()
                        .build())
                .create();
        try (InputStream rights = Files.newInputStream(Path.of("../../../docs/operate/rbac/prometheus-rules.yaml"))) {
            client.load(rights).create();
        }
        client.load(new ByteArrayInputStream(BINDING.getBytes(StandardCharsets.UTF_8)))
                .create();
        Programs.await("rules are known", Duration.ofSeconds(20), () -> {
            try {
                client.genericKubernetesResources("monitoring.coreos.com/v1", "PrometheusRule")
                        .list();
                return true;
            } catch (RuntimeException notYet) {
                return false;
            }
        });
    }

    KubernetesClient client() {
        return client;
    }

    String kubeconfigOfAdmin() throws IOException {
        return Files.readString(folder.resolve("k/kubeconfig"));
    }

    /** Of the user that the adapter shall be. */
    String kubeconfig() throws IOException {
        return Files.readString(folder.resolve("k/kubeconfig.least"));
    }

    void end() {
        try {
            Path pids = folder.resolve("k/pids");
            List<String> lines = Files.exists(pids) ? Files.readAllLines(pids) : List.of();
            for (String pid : lines) {
                ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static void copy(String resource, Path file) throws IOException {
        try (InputStream in = ApiServer.class.getResourceAsStream(resource)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
