// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.dashboard;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.DashboardPublisher;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.TombstoneStore;
import eu.nephele.smo.core.contract.store.TombstoneStore.Tombstone;
import eu.nephele.smo.core.contract.trace.LogFields;
import eu.nephele.smo.core.contract.trace.TraceContext;
import eu.nephele.smo.core.contract.trace.TraceSpan;
import eu.nephele.smo.core.contract.trace.Tracing;
import eu.nephele.smo.core.contract.work.Scheduler;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.graph.DashboardUrls;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Publishes dashboards beside the passes over graphs, on a thread of its own: a graph never waits for its dashboards.
 * Failures are retried; pending removals are stored until they succeed.
 */
public final class DashboardController implements AutoCloseable {

    /**
     * @param reason one word for programs
     * @param message for people, "" when all is well
     */
    public record DashboardStatus(boolean published, String reason, String message) {}

    private static final Logger LOG = LoggerFactory.getLogger(DashboardController.class);
    private static final String DASHBOARDS = "dashboards";

    private record Edition(Graph graph, DashboardPublisher by) {}

    private final AdapterPorts ports;
    private final TombstoneStore tombstones;
    private final DashboardUrls addresses;
    private final Consumer<GraphId> wake;
    private final Clock clock;
    private final Tracing tracing;
    /** Begins anew with each start, because passes want their dashboards once more: those passes, in their traces. */
    private final Map<GraphId, TraceContext> causes = new ConcurrentHashMap<>();

    private final WorkQueue<GraphId> graphs;
    private final WorkQueue<ClusterId> clusters;
    /** Begins anew with each start, because the first pass over each graph wants its dashboards once more. */
    private final Map<GraphId, Graph> wanted = new ConcurrentHashMap<>();
    /** Begins anew with each start, for the same reason: changes of others meanwhile are unknown. */
    private final Map<GraphId, Edition> published = new ConcurrentHashMap<>();
    /** Begins anew with each start, because each is tried again then and fails again, or does not. */
    private final Map<GraphId, String> failures = new ConcurrentHashMap<>();
    /** Begins anew with each start, because the first poll of each cluster publishes its dashboard once more. */
    private final Set<ClusterId> publishedClusters = ConcurrentHashMap.newKeySet();

    private volatile Optional<DashboardPublisher> lastPublisher = Optional.empty();

    /** @param scheduler threads for the calls outside; one is enough */
    public DashboardController(
            AdapterPorts ports,
            TombstoneStore tombstones,
            DashboardUrls addresses,
            EngineContext context,
            Scheduler scheduler) {
        this.ports = ports;
        this.tombstones = tombstones;
        this.addresses = addresses;
        this.wake = context::wake;
        this.clock = context.clock();
        this.tracing = context.tracing();
        this.graphs =
                new WorkQueue<>(scheduler, this::tracedPass, context.settings().backOff(), new Random(1));
        this.clusters =
                new WorkQueue<>(scheduler, this::publish, context.settings().backOff(), new Random(2));
    }

    private void load() {
        tombstones.list().stream()
                .filter(tombstone -> tombstone.kind().equals(DASHBOARDS))
                .forEach(tombstone -> graphs.add(tombstone.workload().graph()));
    }

    /** Publishes the dashboards of a graph as it is now, soon; returns their progress. Empty without a publisher. */
    public Optional<DashboardStatus> ensure(Graph graph) {
        Optional<DashboardPublisher> publisher = ports.dashboards();
        if (publisher.isEmpty()) {
            return Optional.empty();
        }
        GraphId id = graph.id();
        boolean known = new Edition(graph, publisher.get()).equals(published.get(id));
        if (!known && !graph.equals(wanted.put(id, graph))) {
            tracing.current().ifPresent(cause -> causes.put(id, cause));
            graphs.add(id);
        }
        Optional<String> failure = Optional.ofNullable(failures.get(id));
        if (failure.isPresent()) {
            return Optional.of(new DashboardStatus(false, "PublishFailed", failure.get()));
        }
        return Optional.of(
                published.containsKey(id)
                        ? new DashboardStatus(true, "Published", "")
                        : new DashboardStatus(false, "Publishing", "The dashboards are being published"));
    }

    /** Publishes the dashboards of clusters that have none yet, and continues removals when a new publisher comes. */
    public void ensure(Collection<ClusterState> states) {
        Optional<DashboardPublisher> publisher = ports.dashboards();
        if (!publisher.equals(lastPublisher)) {
            lastPublisher = publisher;
            publishedClusters.clear();
            load();
        }
        publisher.ifPresent(present -> states.stream()
                .map(ClusterState::id)
                .filter(cluster -> !publishedClusters.contains(cluster))
                .forEach(clusters::add));
    }

    /** The graph is going to be deleted: the removal of its dashboards is stored, and happens soon. */
    public void remove(GraphId graph) {
        wanted.remove(graph);
        tombstones.put(tombstone(graph));
        graphs.add(graph);
    }

    @Override
    public void close() {
        graphs.close();
        clusters.close();
    }

    /** In the trace of the operation whose pass has wanted it last. */
    private PassResult tracedPass(GraphId id) {
        Optional<TraceContext> cause = Optional.ofNullable(causes.remove(id));
        MDC.put(LogFields.PROJECT, id.project());
        MDC.put(LogFields.GRAPH, id.toString());
        MDC.put(LogFields.STAGE, DASHBOARDS);
        try (TraceSpan span =
                cause.map(pass -> tracing.resume(DASHBOARDS, pass)).orElse(TraceSpan.NONE)) {
            span.with("smo.graph", id.toString());
            return pass(id);
        } finally {
            MDC.remove(LogFields.PROJECT);
            MDC.remove(LogFields.GRAPH);
            MDC.remove(LogFields.STAGE);
        }
    }

    private PassResult pass(GraphId id) {
        Optional<DashboardPublisher> publisher = ports.dashboards();
        if (publisher.isEmpty()) {
            return new PassResult.Finished();
        }
        try {
            removeDead(id, publisher.get());
            Optional.ofNullable(wanted.get(id)).ifPresent(graph -> publish(graph, publisher.get()));
            return new PassResult.Finished();
        } catch (AdapterException e) {
            LOG.warn("publishing dashboards failed graph={} reason=\"{}\"; retrying", id, e.getMessage());
            String why = e.system() + ": " + e.getMessage();
            if (wanted.containsKey(id) && !why.equals(failures.put(id, why))) {
                wake.accept(id);
            }
            return PassResult.after(List.of(e));
        }
    }

    private void removeDead(GraphId id, DashboardPublisher publisher) {
        boolean dead = tombstones.list().stream()
                .anyMatch(tombstone -> tombstone.kind().equals(DASHBOARDS)
                        && tombstone.workload().graph().equals(id));
        if (dead) {
            publisher.removeGraph(id);
            published.remove(id);
            failures.remove(id);
            addresses.forget(id);
            tombstones.delete(tombstone(id));
        }
    }

    private void publish(Graph graph, DashboardPublisher publisher) {
        URI address = publisher.ensureGraph(graph);
        Map<String, URI> services = new TreeMap<>();
        for (ServiceSpec service : graph.services()) {
            services.put(service.id(), publisher.ensureService(new WorkloadRef(graph.id(), service.id())));
        }
        addresses.put(graph.id(), new DashboardUrls.GraphUrls(address, services));
        published.put(graph.id(), new Edition(graph, publisher));
        failures.remove(graph.id());
        wanted.remove(graph.id(), graph);
        wake.accept(graph.id());
    }

    private PassResult publish(ClusterId cluster) {
        Optional<DashboardPublisher> publisher = ports.dashboards();
        if (publisher.isEmpty()) {
            return new PassResult.Finished();
        }
        try {
            addresses.put(cluster, publisher.get().ensureCluster(cluster));
            publishedClusters.add(cluster);
            return new PassResult.Finished();
        } catch (AdapterException e) {
            LOG.warn("publishing dashboard failed cluster={} reason=\"{}\"; retrying", cluster, e.getMessage());
            return PassResult.after(List.of(e));
        }
    }

    private Tombstone tombstone(GraphId graph) {
        return new Tombstone(new WorkloadRef(graph, ""), DASHBOARDS, clock.instant());
    }
}
