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
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.DashboardPublisher;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.StepKey;
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
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The adapters that are there right now. They come and go while graphs run, so nobody keeps what is found here. Names are those
 * of the service properties: source of clusters, type of artifacts.
 */
public final class Ports {

    private static final Logger LOG = LoggerFactory.getLogger(Ports.class);

    /**
     * How workloads run.
     *
     * @param workloads what was seen
     * @param failed source → why it could not be asked; nothing is known of what runs there
     */
    public record Sighting(Map<WorkloadRef, WorkloadObservation> workloads, Map<String, AdapterException> failed) {}

    private final Map<String, Ranked<ClusterRegistry>> registries = new ConcurrentHashMap<>();
    private final Map<String, Ranked<WorkloadRuntime>> runtimes = new ConcurrentHashMap<>();
    private final Map<String, Ranked<WorkloadDeployer>> deployers = new ConcurrentHashMap<>();
    private final Set<String> offered = ConcurrentHashMap.newKeySet();
    private final Map<Object, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final Ranked<MetricsSource> metrics = new Ranked<>();
    private final Ranked<SignalSource> signals = new Ranked<>();
    private final Ranked<AlertRules> alertRules = new Ranked<>();
    private final Ranked<DashboardPublisher> dashboards = new Ranked<>();
    private final Ranked<NetworkFabric> fabrics = new Ranked<>();
    private final Ranked<MoveHook> moveHooks = new Ranked<>();
    private final Set<String> answering = ConcurrentHashMap.newKeySet();
    private final AtomicLong edition = new AtomicLong();
    private volatile Runnable clustersChanged = () -> {};
    private volatile Consumer<WorkloadRef> workloadChanged = workload -> {};

    /** Whom to tell about changes; adapters that come later report to them too. */
    public void listen(Runnable onClusters, Consumer<WorkloadRef> onWorkload) {
        clustersChanged = onClusters;
        workloadChanged = onWorkload;
    }

    /** After the change: who works with what was there before must not take it for what is there now. */
    private void changed() {
        edition.incrementAndGet();
        clustersChanged.run();
    }

    public void add(String source, ClusterRegistry registry) {
        add(source, registry, 0);
    }

    /** @param ranking of several for the same source the highest is asked */
    public void add(String source, ClusterRegistry registry, int ranking) {
        registries.computeIfAbsent(source, any -> new Ranked<>()).add(registry, ranking);
        subscriptions.put(registry, registry.subscribe(() -> clustersChanged.run()));
        changed();
    }

    public void remove(String source, ClusterRegistry registry) {
        registries.computeIfPresent(source, (any, ranked) -> without(ranked, registry));
        if (!registries.containsKey(source)) {
            answering.remove(source);
        }
        unsubscribe(registry);
        changed();
    }

    public void add(String source, WorkloadRuntime runtime) {
        add(source, runtime, 0);
    }

    /** @param ranking of several for the same source the highest is asked */
    public void add(String source, WorkloadRuntime runtime, int ranking) {
        runtimes.computeIfAbsent(source, any -> new Ranked<>()).add(runtime, ranking);
        subscriptions.put(runtime, runtime.subscribe(workload -> workloadChanged.accept(workload)));
        changed();
    }

    public void remove(String source, WorkloadRuntime runtime) {
        runtimes.computeIfPresent(source, (any, ranked) -> without(ranked, runtime));
        unsubscribe(runtime);
        edition.incrementAndGet();
    }

    public void add(String artifactType, WorkloadDeployer deployer) {
        add(artifactType, deployer, 0);
    }

    /** @param ranking of several for the same type the highest is asked */
    public void add(String artifactType, WorkloadDeployer deployer, int ranking) {
        offered.add(artifactType.toLowerCase(Locale.ROOT));
        deployers
                .computeIfAbsent(artifactType.toLowerCase(Locale.ROOT), any -> new Ranked<>())
                .add(deployer, ranking);
        changed();
    }

    public void remove(String artifactType, WorkloadDeployer deployer) {
        deployers.computeIfPresent(artifactType.toLowerCase(Locale.ROOT), (any, ranked) -> without(ranked, deployer));
        edition.incrementAndGet();
    }

    public void add(MetricsSource source) {
        add(source, 0);
    }

    /** @param ranking of several the highest is asked */
    public void add(MetricsSource source, int ranking) {
        metrics.add(source, ranking);
        edition.incrementAndGet();
    }

    public void remove(MetricsSource source) {
        metrics.remove(source);
        edition.incrementAndGet();
    }

    public void add(SignalSource source) {
        add(source, 0);
    }

    /** @param ranking what the highest says of a cluster counts */
    public void add(SignalSource source, int ranking) {
        signals.add(source, ranking);
    }

    public void remove(SignalSource source) {
        signals.remove(source);
    }

    public void add(AlertRules rules) {
        add(rules, 0);
    }

    /** @param ranking of several the highest is asked */
    public void add(AlertRules rules, int ranking) {
        alertRules.add(rules, ranking);
        changed();
    }

    public void remove(AlertRules rules) {
        alertRules.remove(rules);
        edition.incrementAndGet();
    }

    /** @param ranking of several the highest is asked */
    public void add(DashboardPublisher publisher, int ranking) {
        dashboards.add(publisher, ranking);
        changed();
    }

    public void remove(DashboardPublisher publisher) {
        dashboards.remove(publisher);
        edition.incrementAndGet();
    }

    /** @param ranking of several the highest is asked */
    public void add(NetworkFabric fabric, int ranking) {
        fabrics.add(fabric, ranking);
        changed();
    }

    public void remove(NetworkFabric fabric) {
        fabrics.remove(fabric);
        edition.incrementAndGet();
    }

    public void add(MoveHook hook) {
        moveHooks.add(hook, 0);
    }

    public void remove(MoveHook hook) {
        moveHooks.remove(hook);
    }

    /** Another number after each adapter that came or left. */
    public long edition() {
        return edition.get();
    }

    /** Everybody who wants to be asked before and after a move. */
    public List<MoveHook> moveHooks() {
        return moveHooks.all();
    }

    /** Who makes the monitoring system watch; empty when nobody does. */
    public Optional<AlertRules> alertRules() {
        return alertRules.best();
    }

    /** Who publishes dashboards; empty when nobody does. */
    public Optional<DashboardPublisher> dashboards() {
        return dashboards.best();
    }

    /** Who makes services reachable across clusters where their charts do not; empty when nobody does. */
    public Optional<NetworkFabric> fabric() {
        return fabrics.best();
    }

    /** Whether somebody installs artifacts of this type now. */
    public boolean installs(String artifactType) {
        return deployers.containsKey(artifactType.toLowerCase(Locale.ROOT));
    }

    /** Whether no artifact of this type can have been installed since this process began: others could, these could not. */
    public boolean neverInstalled(String artifactType) {
        return !offered.isEmpty() && !offered.contains(artifactType.toLowerCase(Locale.ROOT));
    }

    /** Types of artifacts that somebody has installed since this process began, also if not now; lower case, in order. */
    public Set<String> artifactTypes() {
        return new TreeSet<>(offered);
    }

    /** Deployers by artifact type. */
    public Map<String, WorkloadDeployer> deployers() {
        return best(deployers);
    }

    /** Who tells the load; empty when nobody does. */
    public Optional<MetricsSource> metrics() {
        return metrics.best();
    }

    /** Sources that told their clusters when asked last. */
    public Set<String> answering() {
        return Set.copyOf(answering);
    }

    /**
     * How the deployer reaches a cluster: its registry knows.
     *
     * @throws AdapterException {@code UNAVAILABLE} when its registry is not there now
     */
    public ClusterTarget target(ClusterId cluster) {
        return Optional.ofNullable(registries.get(cluster.source()))
                .flatMap(Ranked::best)
                .map(registry -> registry.target(cluster))
                .orElseThrow(() -> new AdapterException(
                        Kind.UNAVAILABLE,
                        cluster.source(),
                        "Nobody says how cluster %s is reached: the registry of source %s is not there"
                                .formatted(cluster.name(), cluster.source())));
    }

    /** All clusters of all sources, in name order. A source that cannot answer contributes nothing. */
    List<ClusterState> clusters() {
        List<ClusterState> all = new ArrayList<>();
        best(registries).forEach((source, registry) -> {
            try {
                all.addAll(registry.clusters());
                answering.add(source);
            } catch (AdapterException e) {
                answering.remove(source);
                LOG.warn("source={} its clusters are unknown now, nothing is placed there: {}", source, e.getMessage());
            }
        });
        // one that left while it was asked tells no more
        answering.retainAll(registries.keySet());
        all.sort(Comparator.comparing(ClusterState::id));
        return all;
    }

    /** @throws AdapterException {@code UNAVAILABLE} when no such adapter is there now */
    public WorkloadDeployer deployer(String artifactType) {
        return Optional.ofNullable(deployers.get(artifactType.toLowerCase(Locale.ROOT)))
                .flatMap(Ranked::best)
                .orElseThrow(() -> new AdapterException(
                        Kind.UNAVAILABLE,
                        artifactType.toLowerCase(Locale.ROOT),
                        "No deployer for artifacts of type %s is installed; available: %s"
                                .formatted(artifactType, deployers.keySet())));
    }

    /** @throws AdapterException {@code UNAVAILABLE} when no such adapter is there now */
    public WorkloadRuntime runtime(String source) {
        return Optional.ofNullable(runtimes.get(source))
                .flatMap(Ranked::best)
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

    /** How workloads run, over all sources: one that fails does not keep the others from being seen. */
    public Sighting sight(Collection<WorkloadRef> workloads) {
        Map<WorkloadRef, WorkloadObservation> all = new HashMap<>();
        Map<String, AdapterException> failed = new TreeMap<>();
        best(runtimes).forEach((source, runtime) -> {
            try {
                runtime.observe(workloads).forEach((ref, seen) -> all.merge(ref, seen, Ports::merged));
            } catch (AdapterException e) {
                failed.put(source, e);
            }
        });
        return new Sighting(all, failed);
    }

    /**
     * How the workloads of a graph run; what a source does not know is missing.
     *
     * @param sources sources on whose clusters they may be; that another one fails does not matter
     * @throws AdapterException one of these sources cannot be asked
     */
    public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads, Set<String> sources) {
        Sighting sighting = sight(workloads);
        sighting.failed().forEach((source, why) -> {
            if (sources.isEmpty() || sources.contains(source)) {
                throw why;
            }
            LOG.debug("source={} cannot be asked, and nothing is there: {}", source, why.getMessage());
        });
        return sighting.workloads();
    }

    /**
     * Takes note of a release whose chart chooses its clusters: any source may have it.
     *
     * @throws AdapterException a source cannot be asked
     */
    public void ensureMarked(StepKey key) {
        best(runtimes).values().forEach(runtime -> runtime.ensureMarked(key));
    }

    /**
     * What is left of workloads of a graph whose releases were taken away.
     *
     * @param clusters clusters on which they ran
     * @throws AdapterException one of the sources of these clusters cannot be asked
     */
    public Map<WorkloadRef, WorkloadObservation> remains(Collection<WorkloadRef> workloads, Set<ClusterId> clusters) {
        Map<WorkloadRef, WorkloadObservation> all = new HashMap<>();
        Set<String> sources = clusters.stream().map(ClusterId::source).collect(Collectors.toSet());
        best(runtimes).forEach((source, runtime) -> {
            Set<ClusterId> there = clusters.stream()
                    .filter(cluster -> cluster.source().equals(source))
                    .collect(Collectors.toSet());
            try {
                runtime.remains(workloads, there).forEach((ref, seen) -> all.merge(ref, seen, Ports::merged));
            } catch (AdapterException e) {
                if (sources.isEmpty() || sources.contains(source)) {
                    throw e;
                }
                LOG.debug("source={} cannot be asked, and nothing was there: {}", source, e.getMessage());
            }
        });
        sources.stream()
                .filter(source -> !runtimes.containsKey(source))
                .findFirst()
                .ifPresent(this::runtime);
        return all;
    }

    /** Signals of clusters over all sources; a cluster that nobody tells of is missing. */
    public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
        Map<ClusterId, ClusterSignals> all = new HashMap<>();
        signals.all().forEach(source -> source.signals(clusters).forEach(all::putIfAbsent));
        return all;
    }

    /** Latency between clusters in milliseconds, from → to, as each source tells it; the one that counts most first. */
    public List<Map<ClusterId, Map<ClusterId, Double>>> latencyMillis(Collection<ClusterId> clusters) {
        return signals.all().stream()
                .map(source -> source.latencyMillis(clusters))
                .toList();
    }

    /** No adapter reports to this engine any more. */
    public void close() {
        subscriptions.values().forEach(Subscription::close);
        subscriptions.clear();
    }

    private static <T> Map<String, T> best(Map<String, Ranked<T>> ranked) {
        Map<String, T> best = new TreeMap<>();
        ranked.forEach((name, those) -> those.best().ifPresent(adapter -> best.put(name, adapter)));
        return best;
    }

    /** What is left of the adapters for one thing; null, as the map wants it, when nothing is. */
    private static <T> @Nullable Ranked<T> without(Ranked<T> ranked, T adapter) {
        ranked.remove(adapter);
        return ranked.best().isEmpty() ? null : ranked;
    }

    private void unsubscribe(Object adapter) {
        Optional.ofNullable(subscriptions.remove(adapter)).ifPresent(Subscription::close);
    }

    private static WorkloadObservation merged(WorkloadObservation one, WorkloadObservation other) {
        Map<ClusterId, WorkloadObservation.OnCluster> byCluster = new TreeMap<>(one.byCluster());
        byCluster.putAll(other.byCluster());
        Map<ClusterId, String> unseen = new TreeMap<>(one.unseen());
        unseen.putAll(other.unseen());
        Map<ClusterId, List<WorkloadObservation.Beside>> beside = new TreeMap<>(one.beside());
        beside.putAll(other.beside());
        return new WorkloadObservation(
                one.workload(),
                byCluster,
                one.message().isEmpty() ? other.message() : one.message(),
                one.failure().or(other::failure),
                unseen,
                beside);
    }
}
