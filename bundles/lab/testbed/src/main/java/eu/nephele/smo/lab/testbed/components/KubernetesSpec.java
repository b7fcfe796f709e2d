// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.util.List;

/**
 * Specification of an API server.
 *
 * @param name of the cluster, its context and its folder
 * @param controllers controllers that run beside it, by their names in the controller manager
 * @param users names that get a token, beside the administrator; RBAC objects give each its rights
 * @param aggregating whether it has aggregated API servers
 */
public record KubernetesSpec(String name, List<String> controllers, List<String> users, boolean aggregating) {

    /** Controllers of a cluster whose pods are played. */
    public static final List<String> CONTROLLERS = List.of(
            "deployment",
            "replicaset",
            "statefulset",
            "daemonset",
            "job",
            "endpoint",
            "namespace",
            "garbagecollector",
            "podgc",
            "nodelifecycle");

    /** Controllers of a control plane without workloads: namespaces end, owned objects go with their owners. */
    public static final List<String> CONTROL_PLANE = List.of("namespace", "garbagecollector");

    /** Service accounts that a real Karmada requires of a member: it uses the token of one. */
    public static final List<String> ACCOUNTS = List.of("serviceaccount", "serviceaccount-token");

    public KubernetesSpec {
        controllers = List.copyOf(controllers);
        users = List.copyOf(users);
    }
}
