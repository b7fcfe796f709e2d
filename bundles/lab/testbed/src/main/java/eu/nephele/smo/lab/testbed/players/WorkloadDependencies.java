// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** Names of the ConfigMaps and Secrets that the pods of a workload need: they follow it where its policy says so. */
record WorkloadDependencies(Set<String> configMaps, Set<String> secrets) {

    static WorkloadDependencies from(ObjectNode workload) {
        WorkloadDependencies found = new WorkloadDependencies(new LinkedHashSet<>(), new LinkedHashSet<>());
        JsonNode pod = workload.path("spec").path("template").path("spec");
        for (JsonNode volume : pod.path("volumes")) {
            add(found.configMaps, volume.path("configMap").path("name"));
            add(found.secrets, volume.path("secret").path("secretName"));
        }
        for (JsonNode container : pod.path("containers")) {
            for (JsonNode from : container.path("envFrom")) {
                add(found.configMaps, from.path("configMapRef").path("name"));
                add(found.secrets, from.path("secretRef").path("name"));
            }
            for (JsonNode variable : container.path("env")) {
                JsonNode from = variable.path("valueFrom");
                add(found.configMaps, from.path("configMapKeyRef").path("name"));
                add(found.secrets, from.path("secretKeyRef").path("name"));
            }
        }
        return found;
    }

    private static void add(Set<String> names, JsonNode name) {
        if (name.isTextual()) {
            names.add(name.asText());
        }
    }
}
