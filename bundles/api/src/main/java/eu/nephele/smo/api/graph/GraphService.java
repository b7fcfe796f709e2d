// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Deploys, changes and shows graphs: the door to the core, for the REST layer and for programs that embed it. Every change is
 * stored, with an {@link Operation}, before the call returns, and is carried out in the background. Methods throw
 * {@link SmoException}; {@code NOT_FOUND} and empty answers stand for what the caller may not see, too, and {@code FORBIDDEN} for what
 * they may see but not do. With a key in the call, a repeated request answers with the first operation; the same key for another
 * request is {@code UNPROCESSABLE}.
 */
@ProviderType
public interface GraphService {

    /**
     * Deploys a graph. The same graph again, unchanged, is a replay (a new attempt when it failed); a different one under the
     * same name is a conflict. A name or service id whose removal still runs is waited for.
     *
     * @throws SmoException {@code CONFLICT} when the name, or the id of a service in the project, is taken
     */
    Change deploy(DeployRequest request, CallContext call);

    /**
     * Gives a graph a new descriptor: a new revision. The present one again is a replay. A stopped graph stays stopped.
     *
     * @throws SmoException {@code NOT_FOUND}; {@code CONFLICT} when a service id is taken
     */
    Change update(DeployRequest request, CallContext call);

    /**
     * Goes back to an earlier revision, as a new one.
     *
     * @throws SmoException {@code NOT_FOUND} when there is no such graph, or the revision is not kept any more
     */
    Change rollback(GraphId graph, long revision, CallContext call);

    /** @throws SmoException {@code NOT_FOUND}; {@code CONFLICT} when it is not stopped */
    Change start(GraphId graph, CallContext call);

    /** @throws SmoException {@code NOT_FOUND}; {@code CONFLICT} when it is stopped already */
    Change stop(GraphId graph, CallContext call);

    /**
     * Removes a graph and everything of it outside. While the removal runs, asking again answers with it.
     *
     * @throws SmoException {@code NOT_FOUND} when there is none, also when it was removed before
     */
    Change remove(GraphId graph, CallContext call);

    /**
     * Removes a graph without waiting for what cannot be removed outside now: everything is tried once more, then the graph is gone,
     * and the operation says what was left. What is left and carries the mark of this installation is removed when it can be.
     *
     * @throws SmoException {@code NOT_FOUND} when there is none, also when it was removed before
     */
    Change forceRemove(GraphId graph, CallContext call);

    /**
     * Decides the placement anew.
     *
     * @throws SmoException {@code NOT_FOUND}; {@code CONFLICT} for static placement, for a graph that is not running, and when
     *     an intent asks to stay and nothing forces it; {@code INVALID} for unknown services or clusters
     */
    Change place(GraphId graph, PlaceRequest request, CallContext call);

    /**
     * Makes the world as decided, also where the graph only reports drift or is paused.
     *
     * @throws SmoException {@code NOT_FOUND}; {@code CONFLICT} when the graph is not running
     */
    Change repair(GraphId graph, CallContext call);

    /**
     * Pauses or resumes what happens to a graph by itself: scaling, failover, return, drain, repair of drift. What users ask for is
     * done all the same. Doing it again changes nothing.
     *
     * @throws SmoException {@code NOT_FOUND}
     */
    GraphView pause(GraphId graph, boolean paused, CallContext call);

    /**
     * Sets the replicas of a service by hand, or gives them back to its scaling strategy. Doing it again changes nothing.
     *
     * @param hold empty: strategies decide again
     * @throws SmoException {@code NOT_FOUND} for the graph or the service; {@code INVALID} when the bounds of the service do not allow the
     *     number, or the time is over already
     */
    GraphView hold(GraphId graph, String service, Optional<ReplicaHold> hold, CallContext call);

    /** Revisions that are kept, newest first. */
    List<Revision> revisions(GraphId graph, CallContext call);

    Optional<GraphView> find(GraphId graph, CallContext call);

    /** All graphs of that name, in any project. */
    List<GraphView> findByName(String name, CallContext call);

    /** All graphs of a project in name order. They are in memory at once, with their descriptors. */
    List<GraphView> list(String project, CallContext call);

    /** All graphs in order of project and name. They are in memory at once, with their descriptors. */
    List<GraphView> list(CallContext call);

    /** One page of the graphs of a project, by name, without those that are being removed. It costs as much as it shows. */
    default List<GraphItem> page(GraphQuery query, CallContext call) {
        return list(query.project(), call).stream()
                .map(GraphView::item)
                .filter(query::matches)
                .limit(query.limit())
                .toList();
    }

    /** Names of the graphs of a project, in order. */
    default List<String> names(String project, CallContext call) {
        return list(project, call).stream()
                .map(view -> view.graph().id().name())
                .toList();
    }

    /** The projects that have graphs, in name order, with how many each has. */
    default SortedMap<String, Long> projects(CallContext call) {
        return list(call).stream()
                .collect(Collectors.groupingBy(
                        view -> view.graph().id().project(), TreeMap::new, Collectors.counting()));
    }
}
