// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.json.Weight;
import eu.nephele.smo.core.contract.store.GraphOutline;
import eu.nephele.smo.core.contract.store.GraphRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Graphs as the database has them, those that were asked for last, as far as a fixed part of the heap goes; of many more, what a list
 * shows. Everybody who writes a graph of this database goes by here (ADR 0032, 0041, 0051). What nobody else has touched meanwhile is
 * kept as it was read or written; where reading and writing, or two writers, have met, it is read anew.
 */
final class RecordCache {

    /** What the graphs that are kept may weigh together. */
    static final long MOST_BYTES = 16L << 20;

    /** Of how many graphs outlines are kept: some 500 bytes each. */
    static final int MOST_OUTLINES = 100_000;

    private static final long RECORD_BYTES = 4096;
    private static final long SERVICE_BYTES = 2048;

    private record Kept(GraphRecord graph, long bytes) {}

    /** Those who read or write a graph just now. */
    private static final class Busy {
        private int readers;
        private int writers;
        /** Somebody wrote while somebody else read or wrote: who is ready does not know what is there. */
        private boolean met;
    }

    private final long most;
    // in the order of their last use
    private final Map<GraphId, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    // in the order of their last use
    private final Map<GraphId, GraphOutline> outlines = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<GraphId, Busy> busy = new HashMap<>();
    private long bytes;

    /** @param most bytes that the graphs which are kept may weigh together, by estimate */
    RecordCache(long most) {
        this.most = most;
    }

    /** @param load reads it from the database */
    Optional<GraphRecord> find(GraphId graph, Supplier<Optional<GraphRecord>> load) {
        Optional<GraphRecord> known = known(graph);
        if (known.isPresent()) {
            return known;
        }
        Optional<GraphRecord> read = Optional.empty();
        try {
            read = load.get();
            return read;
        } finally {
            read(graph, read);
        }
    }

    /** What is kept of a graph; if nothing is, somebody reads it from now on. */
    private synchronized Optional<GraphRecord> known(GraphId graph) {
        Kept known = kept.get(graph);
        if (known != null) {
            return Optional.of(known.graph());
        }
        beginReading(graph);
        return Optional.empty();
    }

    private void beginReading(GraphId graph) {
        Busy with = busy(graph);
        with.readers++;
        with.met |= with.writers > 0;
    }

    private synchronized void read(GraphId graph, Optional<GraphRecord> read) {
        Busy with = busy(graph);
        with.readers--;
        end(graph, with, () -> read.ifPresent(this::keep));
    }

    /**
     * What a list shows of graphs, in their order; those that are not there are left out.
     *
     * @param load reads some of them from the database, in order; it may answer others, too, and those in any order
     */
    List<GraphOutline> outlines(List<GraphId> graphs, Function<List<GraphId>, List<GraphOutline>> load) {
        Map<GraphId, GraphOutline> found = new HashMap<>();
        List<GraphId> missing = known(graphs, found);
        if (!missing.isEmpty()) {
            Map<GraphId, GraphOutline> read = new HashMap<>();
            try {
                Set<GraphId> asked = Set.copyOf(missing);
                load.apply(missing).stream()
                        .filter(outline -> asked.contains(outline.id()))
                        .forEach(outline -> read.put(outline.id(), outline));
            } finally {
                read(missing, read);
            }
            found.putAll(read);
        }
        return graphs.stream()
                .flatMap(graph -> Optional.ofNullable(found.get(graph)).stream())
                .toList();
    }

    /** Those of which nothing is kept: somebody reads them from now on. */
    private synchronized List<GraphId> known(List<GraphId> graphs, Map<GraphId, GraphOutline> found) {
        List<GraphId> missing = new ArrayList<>();
        for (GraphId graph : graphs) {
            GraphOutline known = outlines.get(graph);
            if (known == null) {
                beginReading(graph);
                missing.add(graph);
            } else {
                found.put(graph, known);
            }
        }
        return missing;
    }

    private synchronized void read(List<GraphId> graphs, Map<GraphId, GraphOutline> read) {
        for (GraphId graph : graphs) {
            Busy with = busy(graph);
            with.readers--;
            end(graph, with, () -> Optional.ofNullable(read.get(graph)).ifPresent(this::keep));
        }
    }

    /**
     * @param work writes the graph
     * @param after what the graph is then, of what it was before and what the work has answered; empty when that is not known
     */
    <T> T write(GraphId graph, Supplier<T> work, BiFunction<Optional<GraphRecord>, T, Optional<GraphRecord>> after) {
        Optional<GraphRecord> before = begin(graph);
        Optional<GraphRecord> now = Optional.empty();
        try {
            T result = work.get();
            now = after.apply(before, result);
            return result;
        } finally {
            written(graph, now);
        }
    }

    private synchronized Optional<GraphRecord> begin(GraphId graph) {
        Busy with = busy(graph);
        with.met |= with.readers + with.writers > 0;
        with.writers++;
        outlines.remove(graph);
        return remove(graph).map(Kept::graph);
    }

    private synchronized void written(GraphId graph, Optional<GraphRecord> now) {
        Busy with = busy(graph);
        with.writers--;
        end(graph, with, () -> now.ifPresent(this::keep));
    }

    private Busy busy(GraphId graph) {
        return busy.computeIfAbsent(graph, any -> new Busy());
    }

    private void end(GraphId graph, Busy with, Runnable keep) {
        if (!with.met) {
            keep.run();
        }
        if (with.readers + with.writers == 0) {
            busy.remove(graph);
        }
    }

    private void keep(GraphOutline outline) {
        outlines.put(outline.id(), outline);
        if (outlines.size() > MOST_OUTLINES) {
            Iterator<GraphOutline> oldest = outlines.values().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private void keep(GraphRecord graph) {
        keep(GraphOutline.of(graph));
        remove(graph.id());
        Kept added = new Kept(graph, weight(graph));
        kept.put(graph.id(), added);
        bytes += added.bytes();
        Iterator<Kept> oldest = kept.values().iterator();
        while (bytes > most && oldest.hasNext()) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    private Optional<Kept> remove(GraphId graph) {
        Optional<Kept> gone = Optional.ofNullable(kept.remove(graph));
        gone.ifPresent(before -> bytes -= before.bytes());
        return gone;
    }

    synchronized void forget() {
        kept.clear();
        outlines.clear();
        bytes = 0;
        busy.values().forEach(with -> with.met = true);
    }

    private static long weight(GraphRecord graph) {
        return RECORD_BYTES
                + Weight.of(graph.desired().descriptor())
                + SERVICE_BYTES * graph.desired().services().size();
    }

    /** Bytes that the graphs which are kept weigh, by estimate. */
    synchronized long bytes() {
        return bytes;
    }
}
