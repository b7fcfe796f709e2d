// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.kubernetes;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The client of the cluster that has the secrets; a new one when the kubeconfig is another. Tokens of service accounts are replaced by the
 * kubelet within the hour, and read at each call.
 */
final class ClusterAccess implements AutoCloseable {

    private static final String HOST = "KUBERNETES_SERVICE_HOST";
    private static final String PORT = "KUBERNETES_SERVICE_PORT";

    private final AccessSettings settings;
    private final Function<String, Optional<String>> references;
    private final Map<String, String> environment;
    private Optional<OpenedClient> opened = Optional.empty();

    /**
     * Where the cluster is.
     *
     * @param kubeconfig reference; empty: the service account of the pod
     * @param serviceAccount folder of its files
     */
    record AccessSettings(
            Optional<String> kubeconfig, Path serviceAccount, Duration connectTimeout, Duration timeout) {}

    private record OpenedClient(String kubeconfig, KubernetesClient client) {}

    ClusterAccess(
            AccessSettings settings, Function<String, Optional<String>> references, Map<String, String> environment) {
        this.settings = settings;
        this.references = references;
        this.environment = Map.copyOf(environment);
    }

    /** @throws AdapterException {@code REFUSED} when there is no usable kubeconfig, or no service account */
    synchronized KubernetesClient client() {
        String kubeconfig = settings.kubeconfig().map(this::kubeconfig).orElse("");
        if (opened.filter(now -> now.kubeconfig().equals(kubeconfig)).isEmpty()) {
            close();
            opened = Optional.of(
                    new OpenedClient(kubeconfig, open(kubeconfig.isEmpty() ? inCluster() : parsed(kubeconfig))));
        }
        return opened.get().client();
    }

    private String kubeconfig(String reference) {
        return references
                .apply(reference)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> refused("kubeconfig refers to %s, where nothing is".formatted(reference)));
    }

    private static Config parsed(String kubeconfig) {
        try {
            Config config = Config.fromKubeconfig(kubeconfig);
            if (config.getCurrentContext() == null) {
                throw refused("the kubeconfig has no current context");
            }
            return config;
        } catch (RuntimeException unreadable) {
            if (unreadable instanceof AdapterException said) {
                throw said;
            }
            // without the cause: it may quote the kubeconfig, which is a secret
            throw refused("the kubeconfig cannot be read as one");
        }
    }

    private Config inCluster() {
        Path token = settings.serviceAccount().resolve("token");
        if (!environment.containsKey(HOST) || !Files.isReadable(token)) {
            throw refused(
                    "there is no service account: %s cannot be read, or %s is not set. Outside of a cluster set kubeconfig"
                            .formatted(token, HOST));
        }
        String host = environment.getOrDefault(HOST, "");
        Config config = Config.empty();
        config.setMasterUrl("https://%s:%s/"
                .formatted(host.contains(":") ? "[" + host + "]" : host, environment.getOrDefault(PORT, "443")));
        config.setCaCertFile(settings.serviceAccount().resolve("ca.crt").toString());
        config.setOauthTokenProvider(() -> read(token));
        return config;
    }

    private static String read(Path token) {
        try {
            return Files.readString(token).strip();
        } catch (IOException gone) {
            throw new UncheckedIOException("the token of the service account cannot be read", gone);
        }
    }

    private KubernetesClient open(Config config) {
        config.setConnectionTimeout(Math.toIntExact(settings.connectTimeout().toMillis()));
        config.setRequestTimeout(Math.toIntExact(settings.timeout().toMillis()));
        config.setRequestRetryBackoffLimit(0);
        config.setHttp2Disable(true);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(KubernetesClient.class.getClassLoader());
        try {
            return new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientFactory(new JdkHttpClientFactory())
                    .build();
        } catch (RuntimeException unusable) {
            // without the cause: it may quote certificates and keys
            throw refused("no client can be made of it (%s)"
                    .formatted(unusable.getClass().getSimpleName()));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static AdapterException refused(String why) {
        return new AdapterException(
                Kind.REFUSED, KubernetesSecrets.SYSTEM, "%s: %s".formatted(KubernetesSecrets.PID, why));
    }

    @Override
    public synchronized void close() {
        opened.map(OpenedClient::client).ifPresent(KubernetesClient::close);
        opened = Optional.empty();
    }
}
