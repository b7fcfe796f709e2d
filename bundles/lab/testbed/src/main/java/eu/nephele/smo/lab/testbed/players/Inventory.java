// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Everything that was put on API servers through the SMO: what nobody can name any more is found as well. */
public final class Inventory {

    private static final Map<String, String> MARKS = marks();
    private static final List<Kind> EVERYWHERE = List.of(
            Kind.NAMESPACE,
            Kind.DEPLOYMENT,
            Kind.STATEFUL_SET,
            Kind.DAEMON_SET,
            Kind.JOB,
            Kind.SERVICE,
            Kind.CONFIG_MAP,
            Kind.SECRET,
            Kind.SERVICE_EXPORT,
            Kind.SERVICE_IMPORT,
            Kind.SERVICE_MONITOR,
            Kind.PROMETHEUS_RULE);
    private static final List<Kind> ON_A_CONTROL_PLANE =
            List.of(Kind.PROPAGATION_POLICY, Kind.OVERRIDE_POLICY, Kind.RESOURCE_BINDING, Kind.WORK);

    private Inventory() {}

    /**
     * Objects with our label or Helm's, releases of Helm, copies that Karmada has brought, and pods.
     *
     * @param controlPlane whether the server has the kinds of Karmada
     */
    public static Set<Found> of(ApiServer server, boolean controlPlane) {
        Set<Found> found = new TreeSet<>();
        for (Kind kind : EVERYWHERE) {
            MARKS.forEach((label, values) -> add(found, server, kind, label + " in (" + values + ")"));
        }
        if (controlPlane) {
            ON_A_CONTROL_PLANE.forEach(kind -> add(found, server, kind, ""));
        }
        add(found, server, Kind.POD, "");
        return found;
    }

    private static void add(Set<Found> found, ApiServer server, Kind kind, String labels) {
        for (ObjectNode object : server.list(kind, labels)) {
            JsonNode metadata = object.path("metadata");
            found.add(new Found(
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
        marks.put(Member.MANAGED, "true");
        return marks;
    }
}
