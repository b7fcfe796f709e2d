// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

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
    static final Kind CLUSTER = new Kind("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false);
    static final Kind PROPAGATION_POLICY =
            new Kind(POLICY, "v1alpha1", "PropagationPolicy", "propagationpolicies", true);
    static final Kind OVERRIDE_POLICY = new Kind(POLICY, "v1alpha1", "OverridePolicy", "overridepolicies", true);
    static final Kind RESOURCE_BINDING =
            new Kind("work.karmada.io", "v1alpha2", "ResourceBinding", "resourcebindings", true);
    static final Kind SERVICE_EXPORT = new Kind(MULTI_CLUSTER, "v1alpha1", "ServiceExport", "serviceexports", true);
    static final Kind SERVICE_IMPORT = new Kind(MULTI_CLUSTER, "v1alpha1", "ServiceImport", "serviceimports", true);
    static final Kind SERVICE_MONITOR = new Kind(MONITORING, "v1", "ServiceMonitor", "servicemonitors", true);
    static final Kind PROMETHEUS_RULE = new Kind(MONITORING, "v1", "PrometheusRule", "prometheusrules", true);

    /** What policies may select. */
    static final List<Kind> TEMPLATES = List.of(
            DEPLOYMENT, STATEFUL_SET, SERVICE, CONFIG_MAP, SECRET, SERVICE_EXPORT, SERVICE_IMPORT, SERVICE_MONITOR);

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
