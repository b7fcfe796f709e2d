// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.contexts;

import eu.nephele.smo.adapters.karmada.link.AdapterEnvironment;
import eu.nephele.smo.adapters.karmada.link.DaemonThreads;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.WatchSettings;
import eu.nephele.smo.adapters.karmada.work.CoalescingListeners;
import eu.nephele.smo.adapters.karmada.work.KnownWorkloads;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clusters without a Karmada: each context of a kubeconfig is one. They come from the configuration, so they never disappear. */
public final class ContextClusters implements ClusterRegistry, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContextClusters.class);
    private static final long TICK_MILLIS = 500;
    private static final String STARTING = "starting";

    /** @param labels labels it has beside those of its nodes */
    public record ContextSettings(String name, LinkSettings link, Map<String, String> labels) {}

    private final String source;
    private final List<ContextCluster> clusters = new ArrayList<>();
    private final ScheduledThreadPoolExecutor ticker;
    private final CoalescingListeners<String> clustersChanged;
    private final WorkloadRuntime runtime;
    private final ScheduledFuture<?> ticks;
    private final Map<String, String> told = new HashMap<>();

    public ContextClusters(
            String source,
            List<ContextSettings> sites,
            WatchSettings watching,
            AdapterEnvironment adapterEnvironment,
            Clock clock) {
        this.source = source;
        ticker = new ScheduledThreadPoolExecutor(1, new DaemonThreads("smo-" + source + "-ticks"));
        CoalescingListeners<WorkloadRef> workloadsChanged = new CoalescingListeners<>(ticker);
        clustersChanged = new CoalescingListeners<>(ticker, workloadsChanged);
        KnownWorkloads known = new KnownWorkloads();
        Consumer<String> onWorkload = key -> known.find(key, mark(key)).ifPresent(workloadsChanged::changed);
        BiConsumer<String, String> onPods = (key, mark) -> known.find(key, mark).ifPresent(workloadsChanged::changed);
        for (ContextSettings contextSettings : sites) {
            clusters.add(new ContextCluster(
                    new ClusterId(source, contextSettings.name()),
                    contextSettings.link(),
                    watching,
                    contextSettings.labels(),
                    adapterEnvironment,
                    new ContextCluster.PublishedState(
                            () -> clustersChanged.changed(contextSettings.name()), onWorkload, onPods),
                    clock));
        }
        runtime = new ContextsRuntime(source, List.copyOf(clusters), known, workloadsChanged);
        clusters.forEach(ContextCluster::start);
        ticks = ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A cluster before its first listing is not known to be unavailable: without it too much would be called infeasible. */
    @Override
    public List<ClusterState> clusters() {
        clusters.stream().filter(ContextCluster::isStarting).findFirst().ifPresent(starting -> {
            throw new AdapterException(
                    AdapterException.Kind.UNAVAILABLE,
                    source,
                    "List clusters: %s is not listed completely yet; it is polled continuously"
                            .formatted(starting.id().name()));
        });
        return clusters.stream()
                .map(ContextCluster::state)
                .sorted(java.util.Comparator.comparing(ClusterState::id))
                .toList();
    }

    @Override
    public ClusterTarget target(ClusterId cluster) {
        return new ClusterTarget(
                cluster,
                clusters.stream()
                        .filter(it -> it.id().equals(cluster))
                        .findFirst()
                        .map(ContextCluster::reference));
    }

    @Override
    public Subscription subscribe(Runnable onChange) {
        return clustersChanged.subscribe(any -> onChange.run());
    }

    public WorkloadRuntime runtime() {
        return runtime;
    }

    /** Silence of a server raises no event, so it is polled; so is the end of the wait for a starting cluster. */
    private void tick() {
        for (ContextCluster cluster : clusters) {
            String now = cluster.isReady() ? "ready" : cluster.isStarting() ? STARTING : "not ready";
            String before =
                    Optional.ofNullable(told.put(cluster.id().name(), now)).orElse(STARTING);
            if (!now.equals(before)) {
                String why = cluster.isReady() ? "" : ": " + cluster.why().orElse("no node is ready");
                LOG.info("cluster readiness changed cluster={} state=\"{}{}\"", cluster.id(), now, why);
                clustersChanged.changed(cluster.id().name());
            }
        }
    }

    private String mark(String key) {
        return clusters.stream()
                .flatMap(cluster -> cluster.workloads().named(key))
                .map(seen -> seen.observedLabels().workload())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        ticks.cancel(false);
        ticker.shutdownNow();
        clusters.forEach(ContextCluster::close);
    }
}
