// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Objects by which the API server of a control plane finds the programs of a real Karmada, all on this machine. */
final class KarmadaObjects {

    /** Host name that the API server expects in the certificate of the aggregated one. */
    static final String AGGREGATED_HOST = "karmada-aggregated-apiserver.karmada-system.svc";

    static final String CLUSTERS_PATH = "/apis/cluster.karmada.io/v1alpha1/clusters";

    private static final List<String> MUTATED =
            List.of("propagationpolicies", "clusterpropagationpolicies", "overridepolicies", "works");
    /** Since 1.10 this path gives objects the identity by which Works are found. Earlier versions do without the path. */
    private static final List<String> MUTATED_FROM_1_10 = List.of("resourcebindings", "clusterresourcebindings");

    private static final List<String> VALIDATED =
            List.of("propagationpolicies", "clusterpropagationpolicies", "overridepolicies", "clusteroverridepolicies");

    private KarmadaObjects() {}

    static String namespace() {
        return "apiVersion: v1\nkind: Namespace\nmetadata: {name: karmada-system}\n";
    }

    /** A Service with another name for this machine: {@code karmada-system.svc} does not resolve here. */
    static List<String> aggregation(int port, String authority) {
        return List.of("""
            apiVersion: v1
            kind: Service
            metadata: {name: karmada-aggregated-apiserver, namespace: karmada-system}
            spec: {type: ExternalName, externalName: localhost}
            """, """
                apiVersion: apiregistration.k8s.io/v1
                kind: APIService
                metadata: {name: v1alpha1.cluster.karmada.io}
                spec:
                  group: cluster.karmada.io
                  version: v1alpha1
                  groupPriorityMinimum: 2000
                  versionPriority: 10
                  caBundle: %s
                  service: {name: karmada-aggregated-apiserver, namespace: karmada-system, port: %d}
                """.formatted(base64(authority), port));
    }

    /**
     * Rights to call members through {@code clusters/NAME/proxy}. Karmada may act in a member as a user only if a
     * ClusterRoleBinding on the control plane has that user as a subject, and each of its groups: membership of
     * {@code system:masters} is not enough.
     */
    static List<String> proxyRights(String user) {
        return List.of("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: cluster-proxy-admin}
            rules: [{apiGroups: [cluster.karmada.io], resources: [clusters/proxy], verbs: ["*"]}]
            """, """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: cluster-proxy-admin}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-proxy-admin}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: User, name: %s}
            - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:masters"}
            """.formatted(user));
    }

    /** Answers when Karmada knows a member and may call it in the name of the caller. */
    static String readiness(String member) {
        return "%s/%s/proxy/readyz".formatted(CLUSTERS_PATH, member);
    }

    static List<String> webhooks(URI webhook, String authority) {
        return List.of(
                configuration("MutatingWebhookConfiguration", "mutating-config", "mutate", MUTATED, webhook, authority)
                        + MUTATED_FROM_1_10.stream()
                                .map(resource -> hook("mutate", resource, "CREATE", "Ignore", webhook, authority))
                                .collect(Collectors.joining()),
                configuration(
                        "ValidatingWebhookConfiguration",
                        "validating-config",
                        "validate",
                        VALIDATED,
                        webhook,
                        authority));
    }

    private static String configuration(
            String kind, String name, String verb, List<String> resources, URI webhook, String authority) {
        return "apiVersion: admissionregistration.k8s.io/v1\nkind: %s\nmetadata: {name: %s}\nwebhooks:\n"
                        .formatted(kind, name)
                + resources.stream()
                        .map(resource -> hook(verb, resource, "CREATE, UPDATE", "Fail", webhook, authority))
                        .collect(Collectors.joining());
    }

    private static String hook(
            String verb, String resource, String operations, String onFailure, URI webhook, String authority) {
        boolean work = resource.equals("works") || MUTATED_FROM_1_10.contains(resource);
        String kind = resource.endsWith("ies") ? resource.replaceFirst("ies$", "y") : resource.replaceFirst("s$", "");
        return """
            - name: %1$s.karmada.io
              rules:
              - operations: [%7$s]
                apiGroups: [%2$s.karmada.io]
                apiVersions: ["*"]
                resources: [%3$s]
              clientConfig: {url: "%4$s/%5$s-%1$s", caBundle: %6$s}
              failurePolicy: %8$s
              sideEffects: None
              admissionReviewVersions: [v1]
              timeoutSeconds: 10
            """.formatted(
                kind, work ? "work" : "policy", resource, webhook, verb, base64(authority), operations, onFailure);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
