// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rejects graphs that can never be decided, before anything of them is stored. */
final class GraphAcceptance {

    private static final Logger LOG = LoggerFactory.getLogger(GraphAcceptance.class);

    private final ArtifactTypes artifactTypes;
    private final IntentTranslator intents;

    GraphAcceptance(ArtifactTypes artifactTypes, IntentTranslator intents) {
        this.artifactTypes = artifactTypes;
        this.intents = intents;
    }

    /**
     * @throws SmoException {@code INVALID} with the places of artifacts that no deployer installs, of values that handlers of intents
     *     refuse, and of intents that contradict each other
     */
    void check(Graph graph) {
        artifactTypes.check(graph);
        try {
            // what makes no sense without clusters makes none with them
            intents.translate(graph, List.of(), Map.of());
        } catch (SmoException e) {
            if (e.kind() == SmoException.Kind.INVALID) {
                throw e;
            }
            LOG.debug("intents not checked graph={} reason=\"{}\"; the decision waits", graph.id(), e.getMessage());
        }
    }
}
