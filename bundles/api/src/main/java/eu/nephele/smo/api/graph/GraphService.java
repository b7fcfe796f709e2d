// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.GraphId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Deploys, changes and shows graphs: the door to the core, for the REST layer and for programs that embed it. Every change is
 * stored before the call returns and is carried out in the background. Methods throw {@link SmoException}.
 */
@ProviderType
public interface GraphService {

    /**
     * Deploys a graph. The same graph again, unchanged, is a replay; a different one under the same name is a conflict.
     *
     * @throws SmoException {@code CONFLICT} when the name, or the id of a service in the project, is taken
     */
    Change deploy(DeployRequest request);

    /** @throws SmoException {@code NOT_FOUND}; {@code CONFLICT} when it is not stopped */
    Change start(GraphId graph);

    /** @throws SmoException {@code NOT_FOUND}; {@code CONFLICT} when it is stopped already */
    Change stop(GraphId graph);

    /** @throws SmoException {@code NOT_FOUND} */
    Change remove(GraphId graph);

    /**
     * Decides the placement anew.
     *
     * @throws SmoException {@code NOT_FOUND}; {@code CONFLICT} for static placement, for a graph that is not running, and when
     *     an intent asks to stay and nothing forces it; {@code INVALID} for unknown services or clusters
     */
    Change place(GraphId graph, PlaceRequest request);

    /**
     * Installs conditional services whose event has happened. Services that are not waiting are left alone.
     *
     * @param services ids
     * @return those that were waiting and are now being installed
     * @throws SmoException {@code NOT_FOUND}; {@code CONFLICT} when the graph is not running
     */
    Set<String> activate(GraphId graph, Set<String> services);

    Optional<GraphView> find(GraphId graph);

    /** All graphs of that name, in any project. */
    List<GraphView> findByName(String name);

    /** All graphs of a project in name order. */
    List<GraphView> list(String project);

    /** All graphs in order of project and name. */
    List<GraphView> list();
}
