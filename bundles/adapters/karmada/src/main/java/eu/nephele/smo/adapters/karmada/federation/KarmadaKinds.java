// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** Kinds without a Java class; defined here, so that no discovery request is needed. */
final class KarmadaKinds {

    static final ResourceDefinitionContext CLUSTER =
            kind("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false);
    static final ResourceDefinitionContext BINDING =
            kind("work.karmada.io", "v1alpha2", "ResourceBinding", "resourcebindings", true);
    static final ResourceDefinitionContext WORK = kind("work.karmada.io", "v1alpha1", "Work", "works", true);
    static final ResourceDefinitionContext POLICY =
            kind("policy.karmada.io", "v1alpha1", "PropagationPolicy", "propagationpolicies", true);
    static final ResourceDefinitionContext OVERRIDE =
            kind("policy.karmada.io", "v1alpha1", "OverridePolicy", "overridepolicies", true);
    static final ResourceDefinitionContext EXPORT =
            kind("multicluster.x-k8s.io", "v1alpha1", "ServiceExport", "serviceexports", true);
    static final ResourceDefinitionContext IMPORT =
            kind("multicluster.x-k8s.io", "v1alpha1", "ServiceImport", "serviceimports", true);

    private KarmadaKinds() {}

    private static ResourceDefinitionContext kind(
            String group, String version, String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
