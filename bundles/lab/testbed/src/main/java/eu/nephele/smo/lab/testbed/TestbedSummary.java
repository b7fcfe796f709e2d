// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.testbed.components.KubernetesServer;

/** Addresses and folders of everything, as one line of JSON. */
record TestbedSummary(Testbed testbed) {

    String json() {
        ObjectNode summary = new JsonMapper().createObjectNode();
        summary.put("event", "ready");
        summary.put("world", testbed.spec().kind().text());
        summary.put("folder", testbed.folder().toString());
        summary.put("configuration", testbed.folder().resolve("etc").toString());
        summary.put("url", testbed.door().url().toString());
        summary.put("registry", testbed.registry().host());
        summary.put("prometheus", testbed.prometheus().url().toString());
        summary.put("rules", testbed.prometheus().rules().toString());
        summary.put("alertmanager", testbed.alertmanager().url().toString());
        ObjectNode servers = summary.putObject("clusters");
        testbed.servers().forEach((name, server) -> describe(servers.putObject(name), server));
        return summary.toString();
    }

    private void describe(ObjectNode description, KubernetesServer server) {
        description.put("url", server.url().toString());
        description.put("kubeconfig", server.kubeconfig().toString());
        ObjectNode users = description.putObject("users");
        testbed.spec()
                .users()
                .forEach(user -> users.put(user, server.kubeconfig(user).toString()));
    }
}
