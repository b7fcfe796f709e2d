// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A kind of object of an API server. */
public record ObjectKind(String group, String version, String name, String plural, boolean namespaced) {

    private static final String APPS = "apps";
    private static final String MULTI_CLUSTER = "multicluster.x-k8s.io";
    private static final String POLICY = "policy.karmada.io";
    private static final String MONITORING = "monitoring.coreos.com";

    static final ObjectKind NAMESPACE = new ObjectKind("", "v1", "Namespace", "namespaces", false);
    static final ObjectKind NODE = new ObjectKind("", "v1", "Node", "nodes", false);
    static final ObjectKind POD = new ObjectKind("", "v1", "Pod", "pods", true);
    static final ObjectKind EVENT = new ObjectKind("", "v1", "Event", "events", true);
    static final ObjectKind SERVICE = new ObjectKind("", "v1", "Service", "services", true);
    static final ObjectKind CONFIG_MAP = new ObjectKind("", "v1", "ConfigMap", "configmaps", true);
    static final ObjectKind SECRET = new ObjectKind("", "v1", "Secret", "secrets", true);
    static final ObjectKind DEPLOYMENT = new ObjectKind(APPS, "v1", "Deployment", "deployments", true);
    static final ObjectKind STATEFUL_SET = new ObjectKind(APPS, "v1", "StatefulSet", "statefulsets", true);
    static final ObjectKind DAEMON_SET = new ObjectKind(APPS, "v1", "DaemonSet", "daemonsets", true);
    static final ObjectKind JOB = new ObjectKind("batch", "v1", "Job", "jobs", true);
    static final ObjectKind CLUSTER =
            new ObjectKind(ObjectKinds.CLUSTER_STORE, "v1alpha1", "Cluster", "clusters", false);
    static final ObjectKind PROPAGATION_POLICY =
            new ObjectKind(POLICY, "v1alpha1", "PropagationPolicy", "propagationpolicies", true);
    static final ObjectKind OVERRIDE_POLICY =
            new ObjectKind(POLICY, "v1alpha1", "OverridePolicy", "overridepolicies", true);
    static final ObjectKind RESOURCE_BINDING =
            new ObjectKind("work.karmada.io", "v1alpha2", "ResourceBinding", "resourcebindings", true);
    static final ObjectKind WORK = new ObjectKind("work.karmada.io", "v1alpha1", "Work", "works", true);
    static final ObjectKind SERVICE_EXPORT =
            new ObjectKind(MULTI_CLUSTER, "v1alpha1", "ServiceExport", "serviceexports", true);
    static final ObjectKind SERVICE_IMPORT =
            new ObjectKind(MULTI_CLUSTER, "v1alpha1", "ServiceImport", "serviceimports", true);
    static final ObjectKind SERVICE_MONITOR =
            new ObjectKind(MONITORING, "v1", "ServiceMonitor", "servicemonitors", true);
    static final ObjectKind PROMETHEUS_RULE =
            new ObjectKind(MONITORING, "v1", "PrometheusRule", "prometheusrules", true);

    /** Kinds that policies can select. */
    static final List<ObjectKind> TEMPLATES = List.of(
            DEPLOYMENT,
            STATEFUL_SET,
            DAEMON_SET,
            JOB,
            SERVICE,
            CONFIG_MAP,
            SECRET,
            SERVICE_EXPORT,
            SERVICE_IMPORT,
            SERVICE_MONITOR);

    /** Kinds that are propagated to members: templates, and their namespaces. */
    static final List<ObjectKind> PROPAGATED =
            Stream.concat(Stream.of(NAMESPACE), TEMPLATES.stream()).toList();

    static Optional<ObjectKind> ofPropagated(JsonNode object) {
        return PROPAGATED.stream()
                .filter(kind ->
                        kind.apiVersion().equals(object.path("apiVersion").asText())
                                && kind.name().equals(object.path("kind").asText()))
                .findFirst();
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(name)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
