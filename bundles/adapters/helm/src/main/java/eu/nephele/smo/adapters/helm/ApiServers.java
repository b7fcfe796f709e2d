// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.OwnerFence;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;

/** Clients of API servers, one per connection, replaced when its kubeconfig changes. */
final class ApiServers implements AutoCloseable {

    /** @param kubeconfig never shown */
    record KnownApiServer(HelmConnection connection, KubernetesClient client, ApiCalls calls, String kubeconfig) {}

    private final KubeconfigResolver kubeconfigs;
    private final HelmSettings settings;
    private final OwnerFence fence;
    private final ApiCalls calls;
    private final Map<String, KnownApiServer> servers = new HashMap<>();
    private boolean closed;

    ApiServers(KubeconfigResolver kubeconfigs, HelmSettings settings, OwnerFence fence) {
        this.kubeconfigs = kubeconfigs;
        this.settings = settings;
        this.fence = fence;
        this.calls = new ApiCalls(settings.connect().plus(settings.answer()));
    }

    /** @throws AdapterException if the connection has no kubeconfig */
    KnownApiServer get(HelmConnection connection) {
        String kubeconfig = kubeconfigs.load(connection.reference());
        synchronized (servers) {
            if (closed) {
                throw new AdapterException(Kind.UNAVAILABLE, HelmErrors.SYSTEM, "The adapter of Helm is being stopped");
            }
            KnownApiServer known = servers.get(connection.reference());
            if (known != null && known.kubeconfig().equals(kubeconfig)) {
                return new KnownApiServer(connection, known.client(), calls, kubeconfig);
            }
            KnownApiServer made = new KnownApiServer(connection, client(connection, kubeconfig), calls, kubeconfig);
            servers.put(connection.reference(), made);
            if (known != null) {
                known.client().close();
            }
            return made;
        }
    }

    @Override
    public void close() {
        synchronized (servers) {
            closed = true;
            servers.values().forEach(server -> server.client().close());
            servers.clear();
            calls.close();
        }
    }

    private KubernetesClient client(HelmConnection connection, String kubeconfig) {
        try {
            Config config = Config.fromKubeconfig(kubeconfig);
            config.setConnectionTimeout(Math.toIntExact(settings.connect().toMillis()));
            config.setRequestTimeout(Math.toIntExact(settings.answer().toMillis()));
            // retries are up to the engine
            config.setRequestRetryBackoffLimit(0);
            return new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientBuilderConsumer(
                            builder -> builder.addOrReplaceInterceptor("smo-owner", new OwnerFenceInterceptor(fence))
                                    .addOrReplaceInterceptor("smo-trace", new HelmTraceInterceptor()))
                    .build();
        } catch (KubernetesClientException | IllegalArgumentException unusable) {
            throw new AdapterException(
                    Kind.REFUSED,
                    HelmErrors.SYSTEM,
                    "The kubeconfig %s cannot be used: %s"
                            .formatted(connection.reference(), HelmErrors.words(String.valueOf(unusable.getMessage()))),
                    unusable);
        }
    }
}
