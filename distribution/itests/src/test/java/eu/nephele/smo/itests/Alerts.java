// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

/** What Alertmanager would send. */
final class Alerts {

    private Alerts() {}

    static String firing(String project, String graph, String service) {
        return """
                {"version":"4","status":"firing","alerts":[{"status":"firing","labels":{"alertname":"%s/%s/%s/monitoring-silent",\
                "service":"%s","smo_project":"%s","smo_graph":"%s","smo_event":"monitoring-silent"}}]}""".formatted(project, graph, service, service, project, graph);
    }
}
