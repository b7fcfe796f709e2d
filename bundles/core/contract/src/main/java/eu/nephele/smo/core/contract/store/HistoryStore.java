// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decisions, events and operations as they were over time, as far as they are kept. Each method reads by an index. */
public interface HistoryStore {

    /**
     * Decisions of a graph with some outcomes, oldest first, without their inputs.
     *
     * @param limit at most this many, 1 or more
     */
    List<DecisionRecord> decisions(GraphId graph, HistorySpan span, Set<String> outcomes, int limit);

    /**
     * The same, but of each part of the span the first one only.
     *
     * @param width of the parts, a millisecond or more
     */
    List<DecisionRecord> samples(GraphId graph, HistorySpan span, Set<String> outcomes, Duration width);

    /** The last placement of a graph that was in force before a time; without its inputs. */
    Optional<DecisionRecord> lastPlacement(GraphId graph, Instant before);

    /** When the first placement that is kept of a graph was decided. */
    Optional<Instant> firstPlacement(GraphId graph, Instant since);

    /**
     * Published events about a graph, oldest first.
     *
     * @param limit at most this many, 1 or more
     */
    List<StoredEvent> events(GraphId graph, HistorySpan span, int limit);

    /** The last event about a graph of some types before a time. */
    Optional<StoredEvent> lastEvent(GraphId graph, Set<String> types, HistorySpan span);

    /** When the oldest event that is kept happened. */
    Optional<Instant> firstEvent();

    /** The descriptors that are kept of a graph, without themselves, oldest first. */
    List<RevisionMark> revisions(GraphId graph);

    /**
     * Counts what happened, by part of a span and project; parts in which nothing happened are left out.
     *
     * @param width of the parts, a millisecond or more
     */
    List<ActivityCount> activity(HistorySpan span, Duration width);

    /**
     * @param from from then on
     * @param until up to then, exclusive
     */
    record HistorySpan(Instant from, Instant until) {

        /** Length of one of so many equal parts, the last of which may end later than the span; a millisecond or more. */
        public Duration part(int parts) {
            long millis = Duration.between(from, until).toMillis();
            return Duration.ofMillis(Math.max(1, (millis + parts - 1) / parts));
        }
    }

    /**
     * When a descriptor came.
     *
     * @param number of the descriptor
     * @param cause what brought it
     * @param principal who asked for it
     */
    record RevisionMark(long number, String cause, String principal, Instant at) {}

    /** What is counted. */
    enum Activity {
        /** a placement that came into force */
        PLACED,
        /** a placement for which there was no room */
        INFEASIBLE,
        /** a decision that changed replicas */
        SCALED,
        /** a service that went to other clusters */
        MOVED,
        /** an operation that failed */
        FAILED
    }

    /**
     * @param part number of the part of the span, from 0
     * @param project in which it happened; "" for what belongs to none
     */
    record ActivityCount(int part, String project, Activity activity, long count) {}
}
