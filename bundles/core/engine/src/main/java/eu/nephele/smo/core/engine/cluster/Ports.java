// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.placement.MoveHook;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The adapters that are there right now. They come and go while graphs run, so nobody keeps what is found here. Names are those
 * of the service properties: source of clusters, type of artifacts.
 */
public final class Ports {

    private static final Logger LOG = LoggerFactory.getLogger(Ports.class);

    private final Map<String, ClusterRegistry> registries = new ConcurrentHashMap<>();
    private final Map<String, WorkloadRuntime> runtimes = new ConcurrentHashMap<>();
    private final Map<String, WorkloadDeployer> deployers = new ConcurrentHashMap<>();
    private final Map<Object, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final List<MetricsSource> metrics = new CopyOnWriteArrayList<>();
    private final List<SignalSource> signals = new CopyOnWriteArrayList<>();
    private final List<AlertRules> alertRules = new CopyOnWriteArrayList<>();
    private final List<MoveHook> moveHooks = new CopyOnWriteArrayList<>();
    private final Set<String> answering = ConcurrentHashMap.newKeySet();
    private volatile Runnable clustersChanged = () -> {};
    private volatile Consumer<WorkloadRef> workloadChanged = workload -> {};

    /** Whom to tell about changes; adapters that come later report to them too. */
    public void listen(Runnable onClusters, Consumer<WorkloadRef> onWorkload) {
        clustersChanged = onClusters;
        workloadChanged = onWorkload;
    }

    public void add(String source, ClusterRegistry registry) {
        registries.put(source, registry);
        subscriptions.put(registry, registry.subscribe(() -> clustersChanged.run()));
        clustersChanged.run();
    }

    public void remove(String source, ClusterRegistry registry) {
        registries.remove(source, registry);
        answering.remove(source);
        unsubscribe(registry);
        clustersChanged.run();
    }

    public void add(String source, WorkloadRuntime runtime) {
        runtimes.put(source, runtime);
        subscriptions.put(runtime, runtime.subscribe(workload -> workloadChanged.accept(workload)));
        clustersChanged.run();
    }

    public void remove(String source, WorkloadRuntime runtime) {
        runtimes.remove(source, runtime);
        unsubscribe(runtime);
    }

    public void add(String artifactType, WorkloadDeployer deployer) {
        deployers.put(artifactType.toLowerCase(Locale.ROOT), deployer);
        clustersChanged.run();
    }

    public void remove(String artifactType, WorkloadDeployer deployer) {
        deployers.remove(artifactType.toLowerCase(Locale.ROOT), deployer);
    }

    public void add(MetricsSource source) {
        metrics.add(source);
    }

    public void remove(MetricsSource source) {
        metrics.remove(source);
    }

    public void add(SignalSource source) {
        signals.add(source);
    }

    public void remove(SignalSource source) {
        signals.remove(source);
    }

    public void add(AlertRules rules) {
        alertRules.add(rules);
        clustersChanged.run();
    }

    public void remove(AlertRules rules) {
        alertRules.remove(rules);
    }

    public void add(MoveHook hook) {
        moveHooks.add(hook);
    }

    public void remove(MoveHook hook) {
        moveHooks.remove(hook);
    }

    /** Everybody who wants to be asked before and after a move. */
    public List<MoveHook> moveHooks() {
        return moveHooks;
    }

    /** Who makes the monitoring system watch; empty when nobody does. */
    public Optional<AlertRules> alertRules() {
        return alertRules.stream().findFirst();
    }

    /** Deployers by artifact type. */
    public Map<String, WorkloadDeployer> deployers() {
        return Map.copyOf(deployers);
    }

    /** Who tells the load; empty when nobody does. */
    public Optional<MetricsSource> metrics() {
        return metrics.stream().findFirst();
    }

    /** Sources that told their clusters when asked last. */
    public Set<String> answering() {
        return Set.copyOf(answering);
    }

    /** All clusters of all sources, in name order. A source that cannot answer contributes nothing. */
    List<ClusterState> clusters() {
        List<ClusterState> all = new ArrayList<>();
        registries.forEach((source, registry) -> {
            try {
                all.addAll(registry.clusters());
                answering.add(source);
            } catch (AdapterException e) {
                answering.remove(source);
                LOG.warn("source={} its clusters are unknown now, nothing is placed there: {}", source, e.getMessage());
            }
        });
        all.sort(Comparator.comparing(ClusterState::id));
        return all;
    }

    /** @throws AdapterException {@code UNAVAILABLE} when no such adapter is there now */
    public WorkloadDeployer deployer(String artifactType) {
        return Optional.ofNullable(deployers.get(artifactType.toLowerCase(Locale.ROOT)))
                .orElseThrow(() -> new AdapterException(
                        Kind.UNAVAILABLE,
                        artifactType.toLowerCase(Locale.ROOT),
                        "No deployer for artifacts of type %s is installed; available: %s"
                                .formatted(artifactType, deployers.keySet())));
    }

    /** @throws AdapterException {@code UNAVAILABLE} when no such adapter is there now */
    public WorkloadRuntime runtime(String source) {
        return Optional.ofNullable(runtimes.get(source))
                .orElseThrow(() -> new AdapterException(
                        Kind.UNAVAILABLE,
                        source,
                        "No adapter for the clusters of source %s is installed; available: %s"
                                .formatted(source, runtimes.keySet())));
    }

    /** Whether the adapters of these sources are there; with none named, whether there is any. */
    public boolean see(Set<String> sources) {
        return sources.isEmpty()
                ? !runtimes.isEmpty()
                : registries.keySet().containsAll(sources) && runtimes.keySet().containsAll(sources);
    }

    /** How workloads run, over all sources; what a source does not know is missing. */
    public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
        Map<WorkloadRef, WorkloadObservation> all = new HashMap<>();
        for (WorkloadRuntime runtime : runtimes.values()) {
            runtime.observe(workloads).forEach((ref, seen) -> all.merge(ref, seen, Ports::merged));
        }
        return all;
    }

    /** Signals of clusters over all sources; a cluster that nobody tells of is missing. */
    public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
        Map<ClusterId, ClusterSignals> all = new HashMap<>();
        signals.forEach(source -> source.signals(clusters).forEach(all::putIfAbsent));
        return all;
    }

    /** Latency between clusters in milliseconds, over all sources; pairs that nobody tells of are missing. */
    public Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters) {
        Map<ClusterId, Map<ClusterId, Double>> all = new HashMap<>();
        signals.forEach(source -> source.latencyMillis(clusters)
                .forEach((from, row) -> row.forEach((to, millis) ->
                        all.computeIfAbsent(from, any -> new HashMap<>()).putIfAbsent(to, millis))));
        return all;
    }

    /** No adapter reports to this engine any more. */
    public void close() {
        subscriptions.values().forEach(Subscription::close);
        subscriptions.clear();
    }

    private void unsubscribe(Object adapter) {
        Optional.ofNullable(subscriptions.remove(adapter)).ifPresent(Subscription::close);
    }

    private static WorkloadObservation merged(WorkloadObservation one, WorkloadObservation other) {
        Map<ClusterId, WorkloadObservation.OnCluster> byCluster = new TreeMap<>(one.byCluster());
        byCluster.putAll(other.byCluster());
        return new WorkloadObservation(
                one.workload(), byCluster, one.message().isEmpty() ? other.message() : one.message());
    }
}
