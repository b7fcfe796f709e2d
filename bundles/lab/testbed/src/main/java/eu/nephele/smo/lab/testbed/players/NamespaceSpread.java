// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Every namespace of the control plane is in every member, except those of the systems themselves. */
final class NamespaceSpread {

    private static final List<String> SYSTEM = List.of("kube-", "karmada-", "monitoring");

    private final Mirror namespaces;
    private final Round round;

    NamespaceSpread(Mirror namespaces, Round round) {
        this.namespaces = namespaces;
        this.round = round;
    }

    void bringTo(Member member) {
        if (!namespaces.synced() || !member.namespaces().synced()) {
            return;
        }
        for (ObjectNode namespace : namespaces.all()) {
            String name = namespace.path("metadata").path("name").asText();
            if (isOurs(namespace) && member.namespaces().get("", name).isEmpty()) {
                ObjectNode copy = ApiServer.object(Kind.NAMESPACE, "", name);
                ((ObjectNode) copy.path("metadata")).putObject("labels").put(Member.MANAGED, "true");
                round.attempt(() -> member.server().apply(Kind.NAMESPACE, copy, "karmada"));
            }
        }
        for (ObjectNode there : member.namespaces().all()) {
            String name = there.path("metadata").path("name").asText();
            boolean wanted =
                    namespaces.get("", name).filter(NamespaceSpread::isOurs).isPresent();
            if (!wanted && !there.path("metadata").has("deletionTimestamp")) {
                round.attempt(() -> member.server().delete(Kind.NAMESPACE, there.path("metadata"), 0));
            }
        }
    }

    private static boolean isOurs(ObjectNode namespace) {
        String name = namespace.path("metadata").path("name").asText();
        return !name.equals("default")
                && SYSTEM.stream().noneMatch(name::startsWith)
                && !namespace.path("metadata").has("deletionTimestamp");
    }
}
