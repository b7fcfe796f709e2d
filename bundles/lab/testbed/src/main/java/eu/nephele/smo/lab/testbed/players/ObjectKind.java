// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A kind of object of an API server. */
public record Kind(String group, String version, String name, String plural, boolean namespaced) {

    private static final String APPS = "apps";
    private static final String MULTI_CLUSTER = "multicluster.x-k8s.io";
    private static final String POLICY = "policy.karmada.io";
    private static final String MONITORING = "monitoring.coreos.com";

    static final Kind NAMESPACE = new Kind("", "v1", "Namespace", "namespaces", false);
    static final Kind NODE = new Kind("", "v1", "Node", "nodes", false);
    static final Kind POD = new Kind("", "v1", "Pod", "pods", true);
    static final Kind EVENT = new Kind("", "v1", "Event", "events", true);
    static final Kind SERVICE = new Kind("", "v1", "Service", "services", true);
    static final Kind CONFIG_MAP = new Kind("", "v1", "ConfigMap", "configmaps", true);
    static final Kind SECRET = new Kind("", "v1", "Secret", "secrets", true);
    static final Kind DEPLOYMENT = new Kind(APPS, "v1", "Deployment", "deployments", true);
    static final Kind STATEFUL_SET = new Kind(APPS, "v1", "StatefulSet", "statefulsets", true);
    static final Kind DAEMON_SET = new Kind(APPS, "v1", "DaemonSet", "daemonsets", true);
    static final Kind JOB = new Kind("batch", "v1", "Job", "jobs", true);
    static final Kind CLUSTER = new Kind(ObjectKinds.CLUSTER_STORE, "v1alpha1", "Cluster", "clusters", false);
    static final Kind PROPAGATION_POLICY =
            new Kind(POLICY, "v1alpha1", "PropagationPolicy", "propagationpolicies", true);
    static final Kind OVERRIDE_POLICY = new Kind(POLICY, "v1alpha1", "OverridePolicy", "overridepolicies", true);
    static final Kind RESOURCE_BINDING =
            new Kind("work.karmada.io", "v1alpha2", "ResourceBinding", "resourcebindings", true);
    static final Kind WORK = new Kind("work.karmada.io", "v1alpha1", "Work", "works", true);
    static final Kind SERVICE_EXPORT = new Kind(MULTI_CLUSTER, "v1alpha1", "ServiceExport", "serviceexports", true);
    static final Kind SERVICE_IMPORT = new Kind(MULTI_CLUSTER, "v1alpha1", "ServiceImport", "serviceimports", true);
    static final Kind SERVICE_MONITOR = new Kind(MONITORING, "v1", "ServiceMonitor", "servicemonitors", true);
    static final Kind PROMETHEUS_RULE = new Kind(MONITORING, "v1", "PrometheusRule", "prometheusrules", true);

    /** What policies may select. */
    static final List<Kind> TEMPLATES = List.of(
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

    /** What is brought to members: templates, and the namespaces that they are in. */
    static final List<Kind> PROPAGATED =
            Stream.concat(Stream.of(NAMESPACE), TEMPLATES.stream()).toList();

    /** The kind of an object that is brought to members. */
    static Optional<Kind> ofPropagated(JsonNode object) {
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
