// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.json.JsonHeapSize;
import eu.nephele.smo.core.contract.store.GraphOutline;
import eu.nephele.smo.core.contract.store.GraphRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An LRU cache of graphs as the database has them, within a fixed part of the heap; of many more graphs, the content of
 * lists. All writers of graphs of this database use it (ADR 0041, 0051, 0060). A read graph is cached when there was no
 * write meanwhile, a written one when there was no other write; after concurrent writes it is read again.
 */
final class RecordCache {

    static final long MOST_BYTES = 16L << 20;

    /** Most bytes of outlines for lists: some 50,000 graphs. */
    static final long MOST_OUTLINE_BYTES = 32L << 20;

    private static final long RECORD_BYTES = 4096;
    private static final long SERVICE_BYTES = 2048;
    private static final long OUTLINE_BYTES = 600;
    private static final long NAME_BYTES = 80;
    /** Mark of a reader that began during a write: nothing is cached. */
    private static final long NEVER = -1;

    /** Those who read or write a graph just now. */
    private static final class Busy {
        private int readers;
        private int writers;
        private long writes;
    }

    private final ByteBoundedCache<GraphRecord> kept;
    private final ByteBoundedCache<GraphOutline> outlines;
    private final Map<GraphId, Busy> busy = new HashMap<>();
    private final BooleanSupplier alone;

    /**
     * @param most bytes of all cached graphs together, by estimate
     * @param mostForLists the same for the content of lists
     * @param alone whether no other server writes; else nothing is cached. Once it is so, it stays so
     */
    RecordCache(long most, long mostForLists, BooleanSupplier alone) {
        this.alone = alone;
        this.kept = new ByteBoundedCache<>(most, RecordCache::weight);
        this.outlines = new ByteBoundedCache<>(mostForLists, RecordCache::weight);
    }

    Optional<GraphRecord> find(GraphId graph, Supplier<Optional<GraphRecord>> load) {
        if (!alone.getAsBoolean()) {
            return load.get();
        }
        long writes;
        synchronized (this) {
            Optional<GraphRecord> known = kept.get(graph);
            if (known.isPresent()) {
                return known;
            }
            writes = beginReading(graph);
        }
        Optional<GraphRecord> read = Optional.empty();
        try {
            read = load.get();
            return read;
        } finally {
            synchronized (this) {
                if (endReading(graph, writes)) {
                    read.ifPresent(this::keep);
                }
            }
        }
    }

    /**
     * Returns the outlines of graphs in their order; missing graphs are left out.
     *
     * @param load reads some of them from the database, in any order
     */
    List<GraphOutline> outlines(List<GraphId> graphs, Function<Collection<GraphId>, List<GraphOutline>> load) {
        Map<GraphId, GraphOutline> found = new HashMap<>();
        boolean kept = alone.getAsBoolean();
        if (!kept && !graphs.isEmpty()) {
            load.apply(graphs).forEach(outline -> found.put(outline.id(), outline));
        }
        Map<GraphId, Long> missing = kept ? known(graphs, found) : Map.of();
        if (!missing.isEmpty()) {
            Map<GraphId, GraphOutline> read = new HashMap<>();
            try {
                load.apply(missing.keySet()).forEach(outline -> read.put(outline.id(), outline));
            } finally {
                keep(missing, read);
            }
            found.putAll(read);
        }
        return graphs.stream()
                .flatMap(graph -> Optional.ofNullable(found.get(graph)).stream())
                .toList();
    }

    /** Begins to read those that are not cached. */
    private synchronized Map<GraphId, Long> known(List<GraphId> graphs, Map<GraphId, GraphOutline> found) {
        Map<GraphId, Long> missing = new LinkedHashMap<>();
        for (GraphId graph : graphs) {
            outlines.get(graph)
                    .ifPresentOrElse(known -> found.put(graph, known), () -> missing.put(graph, beginReading(graph)));
        }
        return missing;
    }

    private synchronized void keep(Map<GraphId, Long> asked, Map<GraphId, GraphOutline> read) {
        asked.forEach((graph, writes) -> {
            GraphOutline outline = read.get(graph);
            if (endReading(graph, writes) && outline != null) {
                outlines.put(graph, outline);
            }
        });
    }

    /**
     * @param after what the graph is then, of what it was before and what the work has answered; empty when that is not known
     */
    <T> T write(GraphId graph, Supplier<T> work, BiFunction<Optional<GraphRecord>, T, Optional<GraphRecord>> after) {
        Optional<GraphRecord> before;
        long writes;
        synchronized (this) {
            outlines.remove(graph);
            before = kept.remove(graph);
            writes = beginWriting(graph);
        }
        Optional<GraphRecord> now = Optional.empty();
        try {
            T result = work.get();
            now = after.apply(before, result);
            return result;
        } finally {
            synchronized (this) {
                if (endWriting(graph, writes)) {
                    now.ifPresent(this::keep);
                }
            }
        }
    }

    private long beginReading(GraphId graph) {
        Busy with = busy(graph);
        with.readers++;
        return with.writers == 0 ? with.writes : NEVER;
    }

    private boolean endReading(GraphId graph, long writes) {
        Busy with = busy(graph);
        with.readers--;
        forgetIdle(graph, with);
        return with.writes == writes;
    }

    private long beginWriting(GraphId graph) {
        Busy with = busy(graph);
        with.writers++;
        with.writes++;
        return with.writers == 1 ? with.writes : NEVER;
    }

    private boolean endWriting(GraphId graph, long writes) {
        Busy with = busy(graph);
        with.writers--;
        forgetIdle(graph, with);
        return with.writes == writes;
    }

    private Busy busy(GraphId graph) {
        return busy.computeIfAbsent(graph, any -> new Busy());
    }

    private void forgetIdle(GraphId graph, Busy with) {
        if (with.readers + with.writers == 0) {
            busy.remove(graph);
        }
    }

    private void keep(GraphRecord graph) {
        kept.put(graph.id(), graph);
        outlines.put(graph.id(), GraphOutline.from(graph));
    }

    synchronized void forget() {
        kept.clear();
        outlines.clear();
        busy.values().forEach(with -> with.writes++);
    }

    private static long weight(GraphRecord graph) {
        return RECORD_BYTES
                + JsonHeapSize.estimate(graph.desired().declaration().descriptor())
                + SERVICE_BYTES * graph.desired().declaration().services().size();
    }

    private static long weight(GraphOutline outline) {
        return OUTLINE_BYTES + weight(outline.activated()) + weight(outline.behind());
    }

    private static long weight(Collection<String> names) {
        long bytes = 0;
        for (String name : names) {
            bytes += NAME_BYTES + name.length();
        }
        return bytes;
    }

    synchronized long bytes() {
        return kept.bytes();
    }

    synchronized long outlineBytes() {
        return outlines.bytes();
    }
}
