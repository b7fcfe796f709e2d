// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.real;

import eu.nephele.smo.adapters.karmada.read.UntypedObject;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Simulates Karmada's scheduler: creates ResourceBindings of Deployments from our policies. */
final class Scheduler implements AutoCloseable {

    private final KubernetesClient client;
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> planned;

    Scheduler(KubernetesClient client) {
        this.client = client;
        planned = rounds.scheduleWithFixedDelay(this::round, 0, 200, TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            for (Deployment deployment :
                    client.apps().deployments().inAnyNamespace().list().getItems()) {
                schedule(deployment);
            }
        } catch (KubernetesClientException notNow) {
            // the server is unavailable, or a conflict: the next round
        }
    }

    private void schedule(Deployment deployment) {
        String name = deployment.getMetadata().getName();
        List<Map<String, Object>> clusters = FederationBed.policies(name).stream()
                .filter(policy -> policy.getMetadata().getName().equals("smo-" + name))
                .flatMap(policy -> FederationBed.clusterNames(policy).stream())
                .map(cluster -> Map.<String, Object>of("name", cluster))
                .toList();
        var bindings = client.genericKubernetesResources(FederationBed.BINDINGS).inNamespace(name);
        GenericKubernetesResource present =
                bindings.withName(name + "-deployment").get();
        if (present == null) {
            GenericKubernetesResource made = FederationBed.bindingObject(name, clusters);
            bindings.resource(made).create();
        } else if (!clusters.equals(
                UntypedObject.from(present).at("spec", "clusters").value().orElse(List.of()))) {
            present.setAdditionalProperty(
                    "spec",
                    FederationBed.bindingObject(name, clusters)
                            .getAdditionalProperties()
                            .getOrDefault("spec", Map.of()));
            bindings.resource(present).update();
        }
    }

    @Override
    public void close() {
        planned.cancel(false);
        rounds.shutdownNow();
    }
}
