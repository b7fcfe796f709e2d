// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A node that is declared: an object of the API with a capacity, and no machine behind it. */
public record NodeSpec(String name, int cpuCores, int memoryGib, int gpus) {

    ObjectNode object(String region, String zone) {
        ObjectNode node = ApiServer.object(ObjectKind.NODE, "", name);
        ObjectNode labels = ((ObjectNode) node.path("metadata")).putObject("labels");
        labels.put("kubernetes.io/hostname", name);
        labels.put("topology.kubernetes.io/region", region);
        labels.put("topology.kubernetes.io/zone", zone);
        return node;
    }

    ObjectNode status() {
        ObjectNode status = ApiServer.object();
        status.set("capacity", amounts());
        status.set("allocatable", amounts());
        return status;
    }

    private ObjectNode amounts() {
        ObjectNode amounts = ApiServer.object()
                .put("cpu", Integer.toString(cpuCores))
                .put("memory", memoryGib + "Gi")
                .put("ephemeral-storage", "200Gi")
                .put("pods", "110");
        if (gpus > 0) {
            amounts.put("nvidia.com/gpu", Integer.toString(gpus));
        }
        return amounts;
    }
}
