// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Keeps graphs. Every method is one transaction; what a method returned from survives the death of the process.
 * Failures of the database are {@link eu.nephele.smo.api.runtime.SmoException}s of source {@code database}.
 */
public interface GraphStore {

    Optional<GraphRecord> find(GraphId graph);

    List<GraphRecord> findByName(String name);

    /** Ids of all graphs, by project and name. */
    List<GraphId> ids();

    /** Ids of the graphs of a project, by name. */
    List<GraphId> ids(String project);

    /** Names of the graphs of a project that are not being removed, in order. */
    List<String> names(String project);

    /** Counts the graphs of each project that are not being removed; projects without any are left out. */
    SortedMap<String, Long> projects();

    /**
     * The next graphs of a project that are not being removed, by name. A statement reads their names, and a second one
     * those that are not in memory; repeated only where too many of them are being removed.
     *
     * @param after only names that come after this one, "" for all
     * @param from only names that are this one or come after it, "" for all
     * @param limit at most this many, 1 or more
     */
    List<GraphOutline> outlines(String project, String after, String from, int limit);

    /**
     * The next graphs of all projects without their descriptors, in a fixed order; two statements at most,
     * which read as many rows as they answer.
     *
     * @param after the last graph of the page before; empty for the first page
     * @param limit at most this many, 1 or more
     */
    List<GraphSummary> summaries(Optional<GraphId> after, int limit);

    /**
     * The services of the next graphs of all projects, otherwise as {@link #summaries}; it reads a third of what that
     * reads.
     */
    List<GraphServices> services(Optional<GraphId> after, int limit);

    /** The next graphs of all projects as lists over all of them show them, otherwise as {@link #summaries}. */
    List<GraphFacts> facts(Optional<GraphId> after, int limit);

    /** A graph, if it is in memory as it is stored now; nothing is read from the database. */
    default Optional<GraphRecord> cached(GraphId graph) {
        return Optional.empty();
    }

    /**
     * The graph of that id, and those of its project that hold one of these service ids, also ids that they only give
     * up; without their descriptors, by name. It costs as much as there are such graphs, however many the project has.
     */
    List<GraphSummary> holding(GraphId graph, Collection<String> services);

    /** The graphs of all projects that hold one of these service ids, also ids that they only give up; in order. */
    List<GraphId> holders(Collection<String> services);

    /** All graphs of a project by name, with their descriptors: where there are few, or these are known to be small. */
    List<GraphRecord> list(String project);

    /** All graphs by project and name, with their descriptors: where there are few, or these are known to be small. */
    List<GraphRecord> list();

    /**
     * Stores a new graph with its service ids.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code CONFLICT} when the name is taken, or a service id in the
     *     project (the message names the service and the graph that has it); {@code OVER_QUOTA} when the project may not have
     *     one more, or so many services
     */
    void insert(Desired desired, TransactionalWrites transactionalWrites);

    /**
     * Replaces the desired state if its revision is still {@code desired.revision() - 1}. The ids of its services and
     * of its retiring ones are reserved, others released.
     *
     * @param transactionalWrites what belongs to it; not written when nothing is changed
     * @return false after a concurrent change; nothing was changed
     * @throws eu.nephele.smo.api.runtime.SmoException {@code CONFLICT} as {@link #insert}; {@code OVER_QUOTA} when it has
     *     more services than before, and the project may not have so many
     */
    boolean update(Desired desired, TransactionalWrites transactionalWrites);

    /**
     * Stores a decision with what it reserves and its record, all or nothing. Clusters are locked in name order; each
     * reservation must fit into the limit of its cluster beside what others have reserved there.
     *
     * @param expectedRevision revision of the desired state that was read before deciding
     * @param reservation everything the graph now reserves, by cluster; replaces what it had
     * @param headroom where limits may be exceeded, and how far
     * @param transactionalWrites what belongs to it; not written unless stored
     * @param record the decision's record; empty for changes that are no decision (a move that is done, static
     *     placement)
     */
    CommitResult commit(
            GraphId graph,
            long expectedRevision,
            DecidedGraph decided,
            Map<ClusterId, Resources> reservation,
            Headroom headroom,
            Optional<DecisionRecord> record,
            TransactionalWrites transactionalWrites);

    /** The same within the limits. */
    default CommitResult commit(
            GraphId graph,
            long expectedRevision,
            DecidedGraph decided,
            Map<ClusterId, Resources> reservation,
            Optional<DecisionRecord> record,
            TransactionalWrites transactionalWrites) {
        return commit(graph, expectedRevision, decided, reservation, Headroom.NONE, record, transactionalWrites);
    }

    enum CommitResult {
        STORED,
        /** the reservation does not fit on a cluster any more: decide again */
        NO_CAPACITY,
        /** its placement takes more than before, and more than the quota of the project leaves: {@link CapacityStore#quota} */
        OVER_QUOTA,
        /** the desired state changed or the graph is gone: start over */
        STALE
    }

    /** Stores what was seen, with what belongs to it. A graph that is gone is left gone, and nothing is written. */
    void observe(GraphId graph, ObservedGraph observed, TransactionalWrites transactionalWrites);

    /** Gives back all reservations of a graph. */
    void release(GraphId graph);

    /**
     * Removes a graph with its services, reservations and state; its decisions, operations and events stay until
     * retention takes them. Absent: nothing.
     */
    void delete(GraphId graph, TransactionalWrites transactionalWrites);
}
