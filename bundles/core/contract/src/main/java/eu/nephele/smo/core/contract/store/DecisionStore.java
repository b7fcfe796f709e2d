// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps decision records. Every method is one transaction. */
public interface DecisionStore {

    /** Appends records; snapshots that are there already are not stored again. */
    void append(List<DecisionRecord> records);

    Optional<DecisionRecord> find(GraphId graph, String id);

    /**
     * The same without the content of what its inputs share with others; {@link #sharedInputs} reads that by its
     * digest.
     */
    Optional<DecisionRecord> findWithoutSharedInputs(GraphId graph, String id);

    /** Returns the shared part of the inputs of decisions, by its digest. */
    Optional<JsonObject> sharedInputs(String digest);

    /** Records of one graph, newest first. */
    List<DecisionRecord> list(GraphId graph, Query query);

    /** The same without their inputs, which are many times larger. */
    List<DecisionRecord> listWithoutInputs(GraphId graph, Query query);

    /** The newest record of one kind of a graph, without its inputs. */
    Optional<DecisionRecord> latestWithoutInputs(GraphId graph, DecisionRecord.DecisionKind kind);

    /**
     * Records of all graphs by time, newest first.
     *
     * @param limit at most this many, 1 or more
     */
    List<DecisionRecord> list(Range range, int limit);

    /** Number of records kept, over all graphs. */
    long count();

    /**
     * Removes records older than {@code before}, then the oldest beyond {@code maximum}; snapshots without references
     * are deleted too. Records that a graph's decided state refers to stay.
     *
     * @return number of deleted records
     */
    long prune(Instant before, long maximum);

    /**
     * @param beforeId only records with a smaller id: where the page before ended
     * @param limit at most this many, 1 or more
     * @param withInputs only records whose inputs were kept: those that can be decided again
     */
    record Query(Optional<DecisionRecord.DecisionKind> kind, Optional<String> beforeId, int limit, boolean withInputs) {

        /** With inputs or without. */
        public Query(Optional<DecisionRecord.DecisionKind> kind, Optional<String> beforeId, int limit) {
            this(kind, beforeId, limit, false);
        }
    }

    /**
     * @param graph only of this graph
     * @param from decisions from then on
     * @param until up to then, exclusive
     * @param beforeId of the decisions made exactly at {@code until}, those with a smaller id belong to it as well:
     *     where the page before ended; "" for none of them
     */
    record Range(
            Optional<GraphId> graph,
            Optional<DecisionRecord.DecisionKind> kind,
            Instant from,
            Instant until,
            String beforeId) {

        /** Returns the rest of the range after a page that ended with this record. */
        public Range after(DecisionRecord last) {
            return new Range(graph, kind, from, last.at(), last.id());
        }
    }
}
