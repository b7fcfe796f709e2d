// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;

/**
 * Every namespace of the control plane is in every member, except those of the systems themselves: by a Work that the namespace owns,
 * so that the garbage collector ends it. The execution space of each member is made here too.
 */
final class NamespaceSyncController {

    private static final List<String> SYSTEM = List.of("kube-", "karmada-", "monitoring");

    private final ControlPlane host;
    private final PlayerLoop playerLoop;

    NamespaceSyncController(ControlPlane host, PlayerLoop playerLoop) {
        this.host = host;
        this.playerLoop = playerLoop;
    }

    void reconcile(List<String> clusters) {
        for (String cluster : clusters) {
            String space = KarmadaNames.executionSpace(cluster);
            if (host.get(ObjectKind.NAMESPACE, "", space).isEmpty()) {
                playerLoop.attempt(() -> host.server()
                        .apply(
                                ObjectKind.NAMESPACE,
                                ApiServer.object(ObjectKind.NAMESPACE, "", space),
                                ControlPlane.CONTROLLERS));
            } else {
                host.all(ObjectKind.NAMESPACE)
                        .forEach(namespace -> playerLoop.attempt(() -> bring(namespace, cluster)));
            }
        }
    }

    private void bring(ObjectNode namespace, String cluster) {
        String name = namespace.path("metadata").path("name").asText();
        ObjectNode bare = ApiServer.object(ObjectKind.NAMESPACE, "", name);
        if (isOfTheSystem(name)
                || ControlPlane.ends(namespace)
                || host.get(
                                ObjectKind.WORK,
                                KarmadaNames.executionSpace(cluster),
                                KarmadaNames.work(ObjectKind.NAMESPACE, bare))
                        .isPresent()) {
            return;
        }
        ObjectNode work = BindingController.form(
                cluster, MemberCopy.create(ObjectKind.NAMESPACE, bare, OptionalInt.empty(), List.of()));
        ((ObjectNode) work.path("metadata"))
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "Namespace")
                .put("name", name)
                .put("uid", namespace.path("metadata").path("uid").asText())
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        host.server().apply(ObjectKind.WORK, work, ControlPlane.CONTROLLERS);
    }

    private static boolean isOfTheSystem(String name) {
        return name.equals("default") || SYSTEM.stream().anyMatch(name::startsWith);
    }
}
