// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All objects that the SMO put on API servers, forgotten ones included. */
public final class Inventory {

    private static final Map<String, String> MARKS = marks();
    private static final List<ObjectKind> EVERYWHERE = List.of(
            ObjectKind.NAMESPACE,
            ObjectKind.DEPLOYMENT,
            ObjectKind.STATEFUL_SET,
            ObjectKind.DAEMON_SET,
            ObjectKind.JOB,
            ObjectKind.SERVICE,
            ObjectKind.CONFIG_MAP,
            ObjectKind.SECRET,
            ObjectKind.SERVICE_EXPORT,
            ObjectKind.SERVICE_IMPORT,
            ObjectKind.SERVICE_MONITOR,
            ObjectKind.PROMETHEUS_RULE);
    private static final List<ObjectKind> ON_A_CONTROL_PLANE = List.of(
            ObjectKind.PROPAGATION_POLICY, ObjectKind.OVERRIDE_POLICY, ObjectKind.RESOURCE_BINDING, ObjectKind.WORK);

    private Inventory() {}

    /**
     * Objects with our label or Helm's, releases of Helm, copies made by Karmada, and pods.
     *
     * @param controlPlane whether the server has the kinds of Karmada
     */
    public static Set<ReconciledObject> list(ApiServer server, boolean controlPlane) {
        Set<ReconciledObject> found = new TreeSet<>();
        for (ObjectKind kind : EVERYWHERE) {
            MARKS.forEach((label, values) -> add(found, server, kind, label + " in (" + values + ")"));
        }
        if (controlPlane) {
            ON_A_CONTROL_PLANE.forEach(kind -> add(found, server, kind, ""));
        }
        add(found, server, ObjectKind.POD, "");
        return found;
    }

    private static void add(Set<ReconciledObject> found, ApiServer server, ObjectKind kind, String labels) {
        for (ObjectNode object : server.list(kind, labels)) {
            JsonNode metadata = object.path("metadata");
            found.add(new ReconciledObject(
                    server.name(),
                    kind.name(),
                    metadata.path("namespace").asText(),
                    metadata.path("name").asText()));
        }
    }

    private static Map<String, String> marks() {
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put("app.kubernetes.io/managed-by", "smo, Helm");
        marks.put("owner", "helm");
        marks.put(MemberCluster.MANAGED, "true");
        return marks;
    }
}
