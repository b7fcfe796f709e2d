// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.ApiServers.KnownApiServer;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Namespaces of projects behind one connection. */
final class NamespaceReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceReconciler.class);
    private static final int FORBIDDEN = 403;
    private static final Set<String> ENDS = Set.of("Complete", "Failed");

    /** Objects that an application would miss. */
    private static final List<NamespaceState> LOOKS = List.of(
            new NamespaceState(
                    "secrets",
                    (client, in) -> none(client.secrets()
                            .inNamespace(in)
                            .withLabel("owner", "helm")
                            .list())),
            new NamespaceState(
                    "secrets",
                    (client, in) -> none(client.secrets()
                            .inNamespace(in)
                            .withLabel(ReleaseLabels.MANAGED_BY, ReleaseLabels.SMO)
                            .list())),
            new NamespaceState(
                    "deployments",
                    (client, in) ->
                            none(client.apps().deployments().inNamespace(in).list())),
            new NamespaceState(
                    "statefulsets",
                    (client, in) ->
                            none(client.apps().statefulSets().inNamespace(in).list())),
            new NamespaceState(
                    "daemonsets",
                    (client, in) ->
                            none(client.apps().daemonSets().inNamespace(in).list())),
            new NamespaceState(
                    "jobs", (client, in) -> client.batch().v1().jobs().inNamespace(in).list().getItems().stream()
                            .allMatch(NamespaceReconciler::hasEnded)));

    /** @param kind as rights name it */
    private record NamespaceState(String kind, BiPredicate<KubernetesClient, String> nothing) {}

    private final KubernetesClient client;
    private final ApiCalls calls;
    private final HelmConnection connection;

    NamespaceReconciler(KnownApiServer server) {
        this.client = server.client();
        this.calls = server.calls();
        this.connection = server.connection();
    }

    /** Ensures that the namespace exists. Without rights on namespaces it exists already, or the call of Helm fails. */
    void ensure(String name, String owner) {
        Namespace wanted = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(ReleaseLabels.MANAGED_BY, ReleaseLabels.SMO)
                .addToLabels(ReleaseLabels.OWNER, ReleaseLabels.value(owner))
                .endMetadata()
                .build();
        String what = "Create the namespace %s on %s".formatted(name, connection);
        try {
            calls.within(what, () -> client.namespaces().resource(wanted).create());
            LOG.info("namespace created namespace={} connection={}", name, connection);
        } catch (KubernetesClientException failed) {
            if (!ApiErrors.isConflict(failed) && failed.getCode() != FORBIDDEN) {
                throw ApiErrors.exception(what, failed);
            }
        }
    }

    /** Only if made by us and nothing would be missed; returns the reason for which it stays for lack of rights. */
    Optional<String> removeIfEmpty(String name) {
        String what = "Remove the namespace %s on %s".formatted(name, connection);
        if (!isOurs(name, what)) {
            return Optional.empty();
        }
        String right = "";
        try {
            for (NamespaceState namespaceState : LOOKS) {
                right = "list %s in it (role smo-releases)".formatted(namespaceState.kind());
                if (!calls.within(what, () -> namespaceState.nothing().test(client, name))) {
                    return Optional.empty();
                }
            }
            right = "delete it (role smo-namespace-removal)";
            if (calls.within(
                    what, () -> !client.namespaces().withName(name).delete().isEmpty())) {
                LOG.info("namespace deleted namespace={} connection={}", name, connection);
            }
            return Optional.empty();
        } catch (KubernetesClientException failed) {
            if (failed.getCode() != FORBIDDEN) {
                throw ApiErrors.exception(what, failed);
            }
            LOG.warn(
                    "deleting namespace refused namespace={} connection={} reason=\"{}\"; it stays",
                    name,
                    connection,
                    failed.getMessage());
            return Optional.of(
                    "the namespace %s stays on %s: the right to %s is missing, see docs/operate/rbac/helm.yaml"
                            .formatted(name, connection, right));
        }
    }

    /** A namespace that we may not read is foreign: the right to create one includes reading it (docs/operate/rbac). */
    private boolean isOurs(String name, String what) {
        try {
            return calls.within(
                            what,
                            () -> Optional.ofNullable(
                                    client.namespaces().withName(name).get()))
                    .filter(namespace ->
                            ReleaseLabels.SMO.equals(labels(namespace).get(ReleaseLabels.MANAGED_BY)))
                    .isPresent();
        } catch (KubernetesClientException failed) {
            if (failed.getCode() != FORBIDDEN) {
                throw ApiErrors.exception(what, failed);
            }
            LOG.debug(
                    "reading namespace refused namespace={} connection={} reason=\"{}\"; it counts as foreign",
                    name,
                    connection,
                    failed.getMessage());
            return false;
        }
    }

    private static boolean none(KubernetesResourceList<?> list) {
        return list.getItems().isEmpty();
    }

    /** Jobs of hooks remain after their completion. */
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
