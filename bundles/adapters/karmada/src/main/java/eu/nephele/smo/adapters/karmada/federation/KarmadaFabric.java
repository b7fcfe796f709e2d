// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.link.ResourceCache;
import eu.nephele.smo.adapters.karmada.read.ObservedCluster;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.StepKey;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes services reachable across clusters with ServiceExports and ServiceImports. Objects that a chart brings itself are
 * left alone: an export or import of the service's name without our mark.
 */
final class KarmadaFabric implements NetworkFabric {

    private static final String GROUP = "multicluster.x-k8s.io/v1alpha1";

    private final String source;
    private final ApiServerConnection connection;
    private final OwnedObjects objects;
    private final ResourceCache<?, ObservedCluster> clusters;

    KarmadaFabric(String source, ApiServerConnection connection, ResourceCache<?, ObservedCluster> clusters) {
        this.source = source;
        this.connection = connection;
        this.objects = new OwnedObjects(connection);
        this.clusters = clusters;
    }

    @Override
    public void ensureReachable(StepKey key, Collection<ClusterId> exportedFrom, Collection<ClusterId> importedBy) {
        place(key, KarmadaKinds.EXPORT, "-export", names(exportedFrom), Map.of());
        List<String> importers = names(importedBy);
        place(key, KarmadaKinds.IMPORT, "-import", importers, importers.isEmpty() ? Map.of() : importSpec(key));
    }

    /** A cluster that does not report its kinds may have them. */
    @Override
    public List<String> obstacles(Collection<ClusterId> exportedFrom, Collection<ClusterId> importedBy) {
        List<String> obstacles = new ArrayList<>();
        lacking(exportedFrom, KarmadaKinds.EXPORT).ifPresent(obstacles::add);
        lacking(importedBy, KarmadaKinds.IMPORT).ifPresent(obstacles::add);
        return obstacles;
    }

    private Optional<String> lacking(Collection<ClusterId> where, ResourceDefinitionContext kind) {
        return lacking(
                names(where).stream()
                        .flatMap(name -> Optional.ofNullable(clusters.kept().get(name)).stream())
                        .toList(),
                kind);
    }

    /** Returns those of these clusters that report other kinds but not this one, in words for people. */
    static Optional<String> lacking(List<ObservedCluster> where, ResourceDefinitionContext kind) {
        List<String> lacking = where.stream()
                .filter(cluster -> cluster.network().lacks(kind.getKind()))
                .map(ObservedCluster::name)
                .toList();
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of("%s %s no %s of %s; install the CRDs of multi-cluster services there"
                        .formatted(
                                String.join(", ", lacking),
                                lacking.size() == 1 ? "has" : "have",
                                kind.getKind(),
                                GROUP));
    }

    @Override
    public void remove(StepKey key) {
        place(key, KarmadaKinds.EXPORT, "-export", List.of(), Map.of());
        place(key, KarmadaKinds.IMPORT, "-import", List.of(), Map.of());
    }

    @Override
    public List<ClusterNetwork> networks() {
        return clusters.kept().values().stream()
                .filter(seen -> seen.network().hasAddresses())
                .map(seen -> new ClusterNetwork(
                        new ClusterId(source, seen.name()),
                        seen.network().podCidr(),
                        seen.network().serviceCidr()))
                .sorted(java.util.Comparator.comparing(ClusterNetwork::cluster))
                .toList();
    }

    /** A policy without clusters would select all of them, so without clusters both policy and object are deleted. */
    private void place(
            StepKey key, ResourceDefinitionContext kind, String suffix, List<String> where, Map<String, Object> spec) {
        String namespace = key.workload().graph().project();
        String service = key.workload().service();
        String policy = PropagationPolicies.ourName(service) + suffix;
        Optional<GenericKubernetesResource> present = objects.find(kind, namespace, service);
        boolean ofChart = present.filter(it -> !OwnedObjects.isOurs(it)).isPresent();
        if (where.isEmpty() || ofChart) {
            objects.remove(KarmadaKinds.POLICY, namespace, policy);
            objects.remove(kind, namespace, service);
        } else {
            objects.ensure(kind, key, service, spec, Optional.empty());
            objects.ensure(KarmadaKinds.POLICY, key, policy, policySpec(kind, service, where), Optional.empty());
        }
    }

    private static Map<String, Object> policySpec(ResourceDefinitionContext kind, String service, List<String> where) {
        return Map.of(
                "resourceSelectors",
                List.of(Map.of("apiVersion", GROUP, "kind", kind.getKind(), "name", service)),
                "placement",
                Map.of("clusterAffinity", Map.of("clusterNames", where)));
    }

    private Map<String, Object> importSpec(StepKey key) {
        Service service = connection
                .find(
                        "Read the Service of " + key.workload(),
                        client -> Optional.ofNullable(client.services()
                                .inNamespace(key.workload().graph().project())
                                .withName(key.workload().service())
                                .get()))
                .orElseThrow(() -> new AdapterException(
                        AdapterException.Kind.NOT_FOUND,
                        connection.system(),
                        "Import %s: no Service of that name exists".formatted(key.workload())));
        List<Map<String, Object>> ports = Optional.ofNullable(service.getSpec().getPorts()).orElse(List.of()).stream()
                .map(port -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("port", port.getPort());
                    one.put("protocol", Optional.ofNullable(port.getProtocol()).orElse("TCP"));
                    Optional.ofNullable(port.getName()).ifPresent(name -> one.put("name", name));
                    return one;
                })
                .toList();
        return Map.of("type", "ClusterSetIP", "ports", ports);
    }

    private static List<String> names(Collection<ClusterId> clusters) {
        return clusters.stream().map(ClusterId::name).distinct().sorted().toList();
    }
}
