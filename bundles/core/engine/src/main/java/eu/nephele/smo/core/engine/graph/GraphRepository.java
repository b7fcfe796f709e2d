// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphFacts;
import eu.nephele.smo.core.contract.store.GraphOutline;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphServices;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.GraphSummary;
import eu.nephele.smo.core.contract.store.Headroom;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.engine.context.Stages;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The graphs: their stored states, and the contents of their descriptors. */
public final class GraphRepository implements GraphStore {

    private final GraphStore store;
    private final DescriptorReader reader;
    private final DescriptorCache descriptors;
    private final Stages stages;
    private volatile Consumer<GraphId> listener = graph -> {};

    public GraphRepository(GraphStore store, DescriptorReader reader, Stages stages) {
        this.store = store;
        this.reader = reader;
        this.stages = stages;
        this.descriptors = new DescriptorCache(reader);
    }

    /** From now on it is told of each graph that was written, also where the outcome is unknown. */
    public void listen(Consumer<GraphId> written) {
        listener = written;
    }

    private <T> T written(GraphId graph, Supplier<T> write) {
        try {
            return write.get();
        } finally {
            listener.accept(graph);
        }
    }

    /** Read once while it is in use. */
    public Graph read(Desired desired) {
        return descriptors.parse(desired);
    }

    /** The graph that a descriptor declares which was accepted before. */
    public Graph restore(String project, JsonObject descriptor) {
        return reader.restore(project, descriptor);
    }

    /** Events that conditional services of a graph wait for, service → ids; its descriptor is read for them once. */
    public Map<String, Set<String>> events(GraphSummary graph) {
        return essentials(graph.id(), graph.createdAt(), graph.generation())
                .map(DescriptorEssentials::events)
                .orElse(Map.of());
    }

    Optional<DescriptorEssentials> essentials(GraphOutline graph) {
        return essentials(graph.id(), graph.times().createdAt(), graph.generation());
    }

    private Optional<DescriptorEssentials> essentials(GraphId graph, Instant createdAt, long generation) {
        return descriptors.essentials(
                graph, createdAt, generation, () -> store.find(graph).map(GraphRecord::desired));
    }

    @Override
    public Optional<GraphRecord> find(GraphId graph) {
        return store.find(graph);
    }

    @Override
    public List<GraphRecord> findByName(String name) {
        return store.findByName(name);
    }

    @Override
    public List<GraphId> ids() {
        return store.ids();
    }

    @Override
    public List<GraphId> ids(String project) {
        return store.ids(project);
    }

    @Override
    public List<String> names(String project) {
        return store.names(project);
    }

    @Override
    public SortedMap<String, Long> projects() {
        return store.projects();
    }

    @Override
    public List<GraphOutline> outlines(String project, String after, String from, int limit) {
        return store.outlines(project, after, from, limit);
    }

    @Override
    public List<GraphSummary> summaries(Optional<GraphId> after, int limit) {
        return store.summaries(after, limit);
    }

    @Override
    public List<GraphServices> services(Optional<GraphId> after, int limit) {
        return store.services(after, limit);
    }

    @Override
    public List<GraphFacts> facts(Optional<GraphId> after, int limit) {
        return store.facts(after, limit);
    }

    @Override
    public Optional<GraphRecord> cached(GraphId graph) {
        return store.cached(graph);
    }

    @Override
    public List<GraphSummary> holding(GraphId graph, Collection<String> services) {
        return store.holding(graph, services);
    }

    @Override
    public List<GraphId> holders(Collection<String> services) {
        return store.holders(services);
    }

    @Override
    public List<GraphRecord> list(String project) {
        return store.list(project);
    }

    @Override
    public List<GraphRecord> list() {
        return store.list();
    }

    @Override
    public void insert(Desired desired, TransactionalWrites transactionalWrites) {
        written(desired.id(), () -> {
            store.insert(desired, transactionalWrites);
            return desired;
        });
    }

    @Override
    public boolean update(Desired desired, TransactionalWrites transactionalWrites) {
        boolean updated = written(desired.id(), () -> store.update(desired, transactionalWrites));
        if (updated) {
            descriptors.forget(desired.id());
        }
        return updated;
    }

    @Override
    public CommitResult commit(
            GraphId graph,
            long expectedRevision,
            DecidedGraph decided,
            Map<ClusterId, Resources> reservation,
            Headroom headroom,
            Optional<DecisionRecord> record,
            TransactionalWrites transactionalWrites) {
        return stages.run("ledger", span -> {
            CommitResult result = written(
                    graph,
                    () -> store.commit(
                            graph, expectedRevision, decided, reservation, headroom, record, transactionalWrites));
            span.with("smo.ledger.result", result.name());
            return result;
        });
    }

    @Override
    public void observe(GraphId graph, ObservedGraph observed, TransactionalWrites transactionalWrites) {
        written(graph, () -> {
            store.observe(graph, observed, transactionalWrites);
            return observed;
        });
    }

    @Override
    public void release(GraphId graph) {
        store.release(graph);
    }

    @Override
    public void delete(GraphId graph, TransactionalWrites transactionalWrites) {
        written(graph, () -> {
            store.delete(graph, transactionalWrites);
            return graph;
        });
        forget(graph);
    }

    public void forget(GraphId graph) {
        descriptors.forget(graph);
    }
}
