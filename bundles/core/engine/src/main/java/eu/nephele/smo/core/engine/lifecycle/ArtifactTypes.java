// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.graph.Violation;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.core.engine.cluster.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses what nobody can install. As long as no deployer at all has come since the start nothing is known, and a graph waits for
 * one; a deployer that has been there may come back.
 */
final class ArtifactTypes {

    private final Ports ports;

    ArtifactTypes(Ports ports) {
        this.ports = ports;
    }

    /** @throws SmoException {@code INVALID} with the places of all types that no deployer installs */
    void check(Graph graph) {
        Set<String> offered = ports.artifactTypes();
        if (offered.isEmpty()) {
            return;
        }
        List<Violation> unknown = new ArrayList<>();
        for (int i = 0; i < graph.services().size(); i++) {
            ServiceSpec service = graph.services().get(i);
            String type = service.artifact().runtime();
            if (!offered.contains(type.toLowerCase(Locale.ROOT))) {
                unknown.add(new Violation(
                        "/hdaGraph/services/%d/artifact/ociRun/name".formatted(i),
                        "no deployer installs artifacts of type %s; installed are: %s"
                                .formatted(type, String.join(", ", offered))));
            }
        }
        if (!unknown.isEmpty()) {
            throw SmoException.invalid(
                    "The descriptor names a deployment tool for which no deployer is installed: "
                            + unknown.get(0).message(),
                    unknown);
        }
    }
}
