// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import java.util.ArrayList;
import java.util.List;

/** Writes small descriptors. */
public final class Hdag {

    private final String id;
    private final List<String> services = new ArrayList<>();
    private String lifecycle = "{}";
    private String strategies = "{}";

    private Hdag(String id) {
        this.id = id;
    }

    public static Hdag graph(String id) {
        return new Hdag(id);
    }

    /** A graph with these services, all small and independent. */
    public static String of(String id, String... services) {
        Hdag hdag = graph(id);
        for (String service : services) {
            hdag.service(service);
        }
        return hdag.yaml();
    }

    public Hdag lifecycle(String flow) {
        lifecycle = flow;
        return this;
    }

    public Hdag priority(int priority) {
        strategies = "{ placement: { priority: %d } }".formatted(priority);
        return this;
    }

    public Hdag service(String service) {
        return service(service, "small", "", "{}");
    }

    public Hdag service(String service, String cpu) {
        return service(service, cpu, "", "{}");
    }

    /** A service that imports the connection points given, and has these values. */
    public Hdag service(String service, String cpu, String callees, String values) {
        return add(service, "{ auto: {} }", cpu, "", callees, values);
    }

    Hdag at(String service, String cluster) {
        return add(service, "{ auto: {} }", "small", "location: { clusters: [ %s ] }".formatted(cluster), "", "{}");
    }

    public Hdag after(String service, String dependencies) {
        return add(service, "{ auto: { dependencies: [ %s ] } }".formatted(dependencies), "small", "", "", "{}");
    }

    /** A service that waits for events, each given as {@code id=promQuery}, without grace. */
    public Hdag conditional(String service, String condition, String... events) {
        StringBuilder rules = new StringBuilder();
        for (String event : events) {
            int equals = event.indexOf('=');
            rules.append(rules.isEmpty() ? "" : ", ")
                    .append("{ id: %s, condition: { promQuery: '%s', gracePeriod: 0s, description: d } }"
                            .formatted(event.substring(0, equals), event.substring(equals + 1)));
        }
        return add(
                service,
                "{ event: { condition: %s, events: [ %s ] } }".formatted(condition, rules),
                "small",
                "",
                "",
                "{}");
    }

    private Hdag add(String service, String trigger, String cpu, String intent, String callees, String values) {
        services.add("""
                    - id: %s
                      deployment:
                        trigger: %s
                        intent:
                          compute: { cpu: %s, ram: small, storage: small, gpu: { enabled: false } }
                          connectionPoints: [ %s ]
                          %s
                      artifact:
                        ociImage: "oci://registry.example/demo/%s"
                        ociConfig: { type: App, implementer: HELM }
                        valuesOverwrite: %s
                """.formatted(service, trigger, cpu, callees, intent, service, values));
        return this;
    }

    public String yaml() {
        return """
                hdaGraph:
                  id: %s
                  lifecycle: %s
                  strategies: %s
                  services:
                """.formatted(id, lifecycle, strategies) + String.join("", services);
    }
}
