// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.util.List;

/**
 * An API server that is wanted.
 *
 * @param name of the cluster, its context and its folder
 * @param controllers which controllers run beside it, as the controller manager calls them
 * @param users who may come with a token, beside the administrator; each is told its rights by RBAC objects
 * @param aggregating whether other API servers may stand behind it
 */
public record KubernetesSpec(String name, List<String> controllers, List<String> users, boolean aggregating) {

    /** Those that a cluster needs where pods are played. */
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

    /** Those of a control plane on which nothing runs: namespaces end, owned objects go with their owners. */
    public static final List<String> CONTROL_PLANE = List.of("namespace", "garbagecollector");

    /** Service accounts that a real Karmada requires of a member: it uses the token of one. */
    public static final List<String> ACCOUNTS = List.of("serviceaccount", "serviceaccount-token");

    public KubernetesSpec {
        controllers = List.copyOf(controllers);
        users = List.copyOf(users);
    }
}
