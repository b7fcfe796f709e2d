// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;

/**
 * Every namespace of the control plane is in every member, except those of the systems themselves: by a Work that the namespace owns,
 * so that the garbage collector ends it. The execution space of each member is made here too.
 */
final class Namespaces {

    private static final List<String> SYSTEM = List.of("kube-", "karmada-", "monitoring");

    private final ControlPlane host;
    private final Round round;

    Namespaces(ControlPlane host, Round round) {
        this.host = host;
        this.round = round;
    }

    void look(List<String> clusters) {
        for (String cluster : clusters) {
            String space = Names.executionSpace(cluster);
            if (host.get(Kind.NAMESPACE, "", space).isEmpty()) {
                round.attempt(() -> host.server()
                        .apply(Kind.NAMESPACE, ApiServer.object(Kind.NAMESPACE, "", space), ControlPlane.CONTROLLERS));
            } else {
                host.all(Kind.NAMESPACE).forEach(namespace -> round.attempt(() -> bring(namespace, cluster)));
            }
        }
    }

    private void bring(ObjectNode namespace, String cluster) {
        String name = namespace.path("metadata").path("name").asText();
        ObjectNode bare = ApiServer.object(Kind.NAMESPACE, "", name);
        if (isOfTheSystem(name)
                || ControlPlane.ends(namespace)
                || host.get(Kind.WORK, Names.executionSpace(cluster), Names.work(Kind.NAMESPACE, bare))
                        .isPresent()) {
            return;
        }
        ObjectNode work = Works.form(cluster, Copy.of(Kind.NAMESPACE, bare, OptionalInt.empty(), List.of()));
        ((ObjectNode) work.path("metadata"))
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "Namespace")
                .put("name", name)
                .put("uid", namespace.path("metadata").path("uid").asText())
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        host.server().apply(Kind.WORK, work, ControlPlane.CONTROLLERS);
    }

    private static boolean isOfTheSystem(String name) {
        return name.equals("default") || SYSTEM.stream().anyMatch(name::startsWith);
    }
}
