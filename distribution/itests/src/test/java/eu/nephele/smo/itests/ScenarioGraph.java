// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

/** The graph whose life the scenarios of the command line and of the Java client tell. */
final class ScenarioGraph {

    static final String PROJECT = "scenario";
    static final String NAME = "life";

    private ScenarioGraph() {}

    /** Version 1 has one service, version 2 another class of memory. */
    static String descriptor(int version) {
        return """
                hdaGraph:
                  id: %s
                  version: "%d.0.0"
                  services:
                    - id: web
                      deployment:
                        trigger: {}
                        intent:
                          compute: { cpu: light, ram: %s }
                      artifact:
                        ociImage: oci://registry.example/samples/web
                        ociConfig: { type: App, implementer: HELM }
                """.formatted(NAME, version, version == 1 ? "light" : "small");
    }
}
