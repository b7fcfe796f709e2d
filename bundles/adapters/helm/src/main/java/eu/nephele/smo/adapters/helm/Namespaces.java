// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.ApiServers.ApiServer;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Namespaces of projects behind one connection. */
final class Namespaces {

    private static final Logger LOG = LoggerFactory.getLogger(Namespaces.class);
    private static final int FORBIDDEN = 403;
    private static final Set<String> ENDS = Set.of("Complete", "Failed");

    private final KubernetesClient client;
    private final ApiCalls calls;
    private final Connection connection;

    Namespaces(ApiServer server, Connection connection) {
        this.client = server.client();
        this.calls = server.calls();
        this.connection = connection;
    }

    /** Makes the namespace exist. Where we may not look after namespaces somebody else has made it, or Helm says so. */
    void ensure(String name, String owner) {
        Namespace wanted = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(Labels.MANAGED_BY, Labels.SMO)
                .addToLabels(Labels.OWNER, Labels.value(owner))
                .endMetadata()
                .build();
        String what = "Make the namespace %s on %s".formatted(name, connection);
        try {
            calls.within(what, () -> client.namespaces().resource(wanted).create());
            LOG.info("Namespace {} made on {}", name, connection);
        } catch (KubernetesClientException failed) {
            if (!ApiErrors.isConflict(failed) && failed.getCode() != FORBIDDEN) {
                throw ApiErrors.exception(what, failed);
            }
        }
    }

    /**
     * Deletes a namespace that we made and in which nothing is left that an application would miss.
     *
     * @return why it stays, for people, when it is ours and we have no right to delete it
     */
    Optional<String> removeIfEmpty(String name) {
        String what = "Remove the namespace %s on %s".formatted(name, connection);
        if (!isOurs(name, what)) {
            return Optional.empty();
        }
        try {
            boolean removed = calls.within(what, () -> removeOurs(name));
            if (removed) {
                LOG.info("Namespace {} removed on {}", name, connection);
            }
            return Optional.empty();
        } catch (KubernetesClientException failed) {
            if (failed.getCode() != FORBIDDEN) {
                throw ApiErrors.exception(what, failed);
            }
            LOG.warn("Namespace {} stays on {}: {}", name, connection, failed.getMessage());
            return Optional.of("the namespace %s stays on %s: the right to look through and delete it is missing"
                    .formatted(name, connection));
        }
    }

    /** A namespace that we may not even read is somebody else's: who may make one may read it (docs/operate/rbac). */
    private boolean isOurs(String name, String what) {
        try {
            return calls.within(
                            what,
                            () -> Optional.ofNullable(
                                    client.namespaces().withName(name).get()))
                    .filter(namespace -> Labels.SMO.equals(labels(namespace).get(Labels.MANAGED_BY)))
                    .isPresent();
        } catch (KubernetesClientException failed) {
            if (failed.getCode() != FORBIDDEN) {
                throw ApiErrors.exception(what, failed);
            }
            LOG.debug("Namespace {} on {} cannot be read and is left alone: {}", name, connection, failed.getMessage());
            return false;
        }
    }

    private boolean removeOurs(String name) {
        return isEmpty(name) && !client.namespaces().withName(name).delete().isEmpty();
    }

    private boolean isEmpty(String namespace) {
        return client.secrets()
                        .inNamespace(namespace)
                        .withLabel("owner", "helm")
                        .list()
                        .getItems()
                        .isEmpty()
                && client.secrets()
                        .inNamespace(namespace)
                        .withLabel(Labels.MANAGED_BY, Labels.SMO)
                        .list()
                        .getItems()
                        .isEmpty()
                && client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .isEmpty()
                && client.apps()
                        .statefulSets()
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .isEmpty()
                && client.apps()
                        .daemonSets()
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .isEmpty()
                && client.batch().v1().jobs().inNamespace(namespace).list().getItems().stream()
                        .allMatch(Namespaces::hasEnded);
    }

    /** Jobs of hooks stay when they have done their work. */
    private static boolean hasEnded(Job job) {
        return Optional.ofNullable(job.getStatus())
                .flatMap(status -> Optional.ofNullable(status.getConditions()))
                .orElse(List.of())
                .stream()
                .anyMatch(condition -> ENDS.contains(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static Map<String, String> labels(Namespace namespace) {
        return Optional.ofNullable(namespace.getMetadata().getLabels()).orElse(Map.of());
    }
}
