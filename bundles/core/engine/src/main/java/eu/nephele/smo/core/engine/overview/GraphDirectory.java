// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.overview;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.store.GraphFacts;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.graph.GraphViewFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All graphs as lists over all projects show them, without those that are being removed. Read from the store when they are asked
 * for first; afterwards each write of this server changes its graph here. A server that stands by does not see the writes, and reads
 * all of them again when what it has is some seconds old.
 */
public final class GraphDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(GraphDirectory.class);

    static final Duration STANDBY_AGE = Duration.ofSeconds(5);
    private static final int PAGE = 500;

    private enum FillStage {
        EMPTY,
        FILLING,
        FILLED
    }

    private final GraphRepository graphs;
    private final GraphViewFactory views;
    private final LongSupplier nanos;
    /** Cache of the stored graphs, found again by reading all of them when they are asked for first. */
    private final Map<GraphId, GraphListing> listings = new ConcurrentHashMap<>();
    /** Cache of graphs whose listing is not the stored one, found again with the listings. */
    private final Set<GraphId> stale = ConcurrentHashMap.newKeySet();
    /** Cache of the clusters of the listings, found again with them: one object for equal ones. */
    private final Map<ClusterId, ClusterId> clusters = new ConcurrentHashMap<>();

    private volatile FillStage stage = FillStage.EMPTY;
    private volatile boolean owner;
    private volatile long filledAt;

    public GraphDirectory(GraphRepository graphs, GraphViewFactory views, LongSupplier nanos) {
        this.graphs = graphs;
        this.views = views;
        this.nanos = nanos;
        graphs.listen(this::written);
    }

    /** From now on all writes are those of this server. */
    public synchronized void begin() {
        owner = true;
        stage = FillStage.EMPTY;
    }

    /**
     * A graph was written: whoever writes it has left it in memory, as a rule. What is there is read while nobody else changes
     * the listing, so that the last write counts.
     */
    private void written(GraphId graph) {
        switch (stage) {
            case EMPTY -> {
                // all of them are read when they are asked for
            }
            case FILLING -> stale.add(graph);
            case FILLED -> follow(graph);
        }
    }

    /** The write is over, whatever happens here. */
    private void follow(GraphId graph) {
        try {
            listings.compute(graph, (id, before) -> {
                Optional<GraphRecord> written = graphs.cached(id);
                if (written.isEmpty()) {
                    stale.add(id);
                    return before;
                }
                return listing(GraphFacts.from(written.get())).orElse(null);
            });
        } catch (RuntimeException unreadable) {
            LOG.debug("listing of graph {} follows when it is asked for", graph, unreadable);
            stale.add(graph);
        }
    }

    private Optional<GraphListing> listing(GraphFacts facts) {
        return facts.outline().state() == DesiredState.REMOVED
                ? Optional.empty()
                : Optional.of(GraphListing.create(
                        facts,
                        views.phase(facts.outline()),
                        cluster -> clusters.computeIfAbsent(cluster, same -> same)));
    }

    /** Returns the graphs of this moment, in no order. */
    Collection<GraphListing> listings() {
        boolean late = !owner && nanos.getAsLong() - filledAt > STANDBY_AGE.toNanos();
        if (stage != FillStage.FILLED || late) {
            fill();
        }
        for (GraphId graph : List.copyOf(stale)) {
            stale.remove(graph);
            refresh(graph);
        }
        return listings.values();
    }

    private void refresh(GraphId graph) {
        boolean read = false;
        try {
            listings.compute(graph, (id, before) -> graphs.find(id)
                    .flatMap(record -> listing(GraphFacts.from(record)))
                    .orElse(null));
            read = true;
        } finally {
            if (!read) {
                stale.add(graph);
            }
        }
    }

    private synchronized void fill() {
        boolean late = !owner && nanos.getAsLong() - filledAt > STANDBY_AGE.toNanos();
        if (stage == FillStage.FILLED && !late) {
            return;
        }
        stage = FillStage.FILLING;
        Map<GraphId, GraphListing> read = new HashMap<>();
        List<GraphFacts> page;
        Optional<GraphId> last = Optional.empty();
        do {
            page = graphs.facts(last, PAGE);
            page.forEach(facts -> listing(facts).ifPresent(listing -> read.put(listing.id(), listing)));
            last = page.isEmpty()
                    ? last
                    : Optional.of(page.get(page.size() - 1).outline().id());
        } while (page.size() == PAGE);
        listings.keySet().retainAll(read.keySet());
        listings.putAll(read);
        filledAt = nanos.getAsLong();
        stage = FillStage.FILLED;
    }
}
