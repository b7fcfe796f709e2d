// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;
import java.util.function.Function;

/** The namespace of an API server that the operator reads rules from. A kubeconfig that has changed is taken at the next call. */
public final class RuleCluster implements AutoCloseable {

    /** Never looked up at the server: that would be a call for each, and rights that nothing else needs. */
    private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("monitoring.coreos.com")
            .withVersion("v1")
            .withKind("PrometheusRule")
            .withPlural("prometheusrules")
            .withNamespaced(true)
            .build();

    private record Opened(String kubeconfig, KubernetesClient client) {}

    private final String system;
    private final String namespace;
    private final RuleClients clients;
    private final KubernetesFailures failures;
    private Optional<Opened> opened = Optional.empty();
    private boolean closed;

    /** @param system its name, for failures */
    public RuleCluster(String system, String namespace, RuleClients clients) {
        this.system = system;
        this.namespace = namespace;
        this.clients = clients;
        this.failures = new KubernetesFailures(system);
    }

    String system() {
        return system;
    }

    String namespace() {
        return namespace;
    }

    /** @param question asked of the rules of the namespace */
    <T> T call(
            String what,
            Function<
                            NonNamespaceOperation<
                                    GenericKubernetesResource,
                                    GenericKubernetesResourceList,
                                    Resource<GenericKubernetesResource>>,
                            T>
                    question) {
        KubernetesClient client = client();
        try {
            return question.apply(client.genericKubernetesResources(KIND).inNamespace(namespace));
        } catch (KubernetesClientException failure) {
            throw failures.of(what + " in " + namespace, failure);
        }
    }

    private synchronized KubernetesClient client() {
        if (closed) {
            throw new AdapterException(Kind.UNAVAILABLE, system, "The adapter of alert rules is stopped; ask again");
        }
        String kubeconfig = clients.kubeconfig();
        Opened usable = opened.filter(present -> present.kubeconfig().equals(kubeconfig))
                .orElseGet(() -> {
                    opened.ifPresent(outdated -> outdated.client().close());
                    opened = Optional.empty();
                    return new Opened(kubeconfig, clients.open(kubeconfig));
                });
        opened = Optional.of(usable);
        return usable.client();
    }

    @Override
    public synchronized void close() {
        closed = true;
        opened.ifPresent(present -> present.client().close());
        opened = Optional.empty();
    }
}
