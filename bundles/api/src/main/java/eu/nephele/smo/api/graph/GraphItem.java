// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import java.net.URI;
import java.util.Optional;

/**
 * A graph as lists show it: its size does not depend on its descriptor.
 *
 * @param id project and name
 * @param version of the descriptor, as its author calls it
 * @param staticPlacement whether its charts place it
 * @param generation rises with each accepted change
 * @param desired what the user wants
 * @param phase where it is
 * @param assignment counts decisions that changed placement or replicas
 * @param decisionId the placement decision in force
 * @param revision number of its descriptor
 * @param paused whether nothing happens to it by itself
 * @param dashboard where its dashboard is, once it is published
 * @param times since when it is there
 */
public record GraphItem(
        GraphId id,
        String version,
        boolean staticPlacement,
        long generation,
        DesiredState desired,
        GraphPhase phase,
        long assignment,
        Optional<String> decisionId,
        long revision,
        boolean paused,
        Optional<URI> dashboard,
        Timestamps times) {}
