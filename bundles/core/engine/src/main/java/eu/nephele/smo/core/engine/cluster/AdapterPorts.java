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
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.outside.JoinedMetrics;
import eu.nephele.smo.core.contract.profile.ServiceProfiles;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The adapters that are available now. They come and go while graphs run, so no caller may keep a result. Names are
 * those of the service properties: source of clusters, type of artifacts.
 */
public final class AdapterPorts {

    private static final Logger LOG = LoggerFactory.getLogger(AdapterPorts.class);

    /**
     * Observations of workloads.
     *
     * @param told sources that have answered
     * @param failed source → the reason why it could not be polled; its workloads are unknown
     */
    public record WorkloadObservations(
            Map<WorkloadRef, WorkloadObservation> workloads, Set<String> told, Map<String, AdapterException> failed) {}

    /** An adapter may implement two ports. */
    private record Teller(Class<?> port, Object adapter) {}

    /** Key of the adapters of a port without a choosing property. */
    private static final String ONLY = "";

    private final AdapterRegistry adapters = new AdapterRegistry();
    /** Begins anew with each start, because deployers register when they come. Types of artifacts. */
    private final Set<String> offered = ConcurrentHashMap.newKeySet();
    /** Begins anew with each start, because adapters are subscribed to when they come. */
    private final Map<Teller, Subscription> subscriptions = new ConcurrentHashMap<>();

    private final RankedAdapters<MoveHook> moveHooks = new RankedAdapters<>();
    private final RankedAdapters<ServiceProfiles> profiles = new RankedAdapters<>();
    /** Begins anew with each start, because each poll calls all. Sources that answered at the last poll. */
    private final Set<String> answering = ConcurrentHashMap.newKeySet();

    private final AtomicLong edition = new AtomicLong();
    private volatile Optional<Tenure> tenure = Optional.empty();
    private volatile Runnable clustersChanged = () -> {};
    private volatile Consumer<WorkloadRef> workloadChanged = workload -> {};
    private volatile Consumer<WorkloadRef> requestsWait = workload -> {};

    /**
     * Listener for changes; adapters that come later report to it too.
     *
     * @param onWaiting called with workloads for which requests wait without a replica
     */
    public void listen(Runnable onClusters, Consumer<WorkloadRef> onWorkload, Consumer<WorkloadRef> onWaiting) {
        clustersChanged = onClusters;
        workloadChanged = onWorkload;
        requestsWait = onWaiting;
    }

    /** Published after the change: results of former adapters must not be taken for those of the present ones. */
    private void changed() {
        edition.incrementAndGet();
        clustersChanged.run();
    }

    public <T> void add(Class<T> port, String which, T adapter) {
        add(port, which, adapter, 0);
    }

    /**
     * @param which source of clusters or type of artifacts, "" where the port has no such property
     * @param ranking of several for the same name the highest is called; signals and metrics of several count in this order
     */
    public <T> void add(Class<T> port, String which, T adapter, int ranking) {
        String key = key(port, which);
        if (port == WorkloadDeployer.class) {
            offered.add(key);
        }
        adapters.add(port, key, adapter, ranking);
        subscription(port, adapter).ifPresent(made -> subscriptions.put(new Teller(port, adapter), made));
        changed();
    }

    public <T> void remove(Class<T> port, String which, T adapter) {
        adapters.remove(port, key(port, which), adapter);
        Optional.ofNullable(subscriptions.remove(new Teller(port, adapter))).ifPresent(Subscription::close);
        if (port == ClusterRegistry.class) {
            answering.retainAll(adapters.which(ClusterRegistry.class));
            changed();
        } else {
            edition.incrementAndGet();
        }
    }

    /** Types of artifacts are compared without regard to case. */
    private static String key(Class<?> port, String which) {
        return port == WorkloadDeployer.class ? which.toLowerCase(Locale.ROOT) : which;
    }

    /** Adapters that report outside changes by themselves. */
    private Optional<Subscription> subscription(Class<?> port, Object adapter) {
        if (port == ClusterRegistry.class) {
            return Optional.of(((ClusterRegistry) adapter).subscribe(() -> clustersChanged.run()));
        } else if (port == WorkloadRuntime.class) {
            return Optional.of(((WorkloadRuntime) adapter).subscribe(workload -> workloadChanged.accept(workload)));
        } else if (port == MetricsSource.class) {
            return Optional.of(((MetricsSource) adapter).subscribeToWaiting(workload -> requestsWait.accept(workload)));
        }
        return Optional.empty();
    }

    public void add(MoveHook hook) {
        moveHooks.add(hook, 0);
    }

    public void remove(MoveHook hook) {
        moveHooks.remove(hook);
    }

    /** A number that changes with each adapter that comes or leaves. */
    public long edition() {
        return edition.get();
    }

    /** From now on unguarded adapters are only called during this tenure; a program that embeds the engine has none. */
    public void begin(Tenure held) {
        tenure = Optional.of(held);
    }

    /** Returns whether something may be begun outside now. */
    public boolean mayAct() {
        return tenure.filter(held -> held.left().isZero()).isEmpty();
    }

    public void add(ServiceProfiles learned) {
        profiles.add(learned, 0);
    }

    public void remove(ServiceProfiles learned) {
        profiles.remove(learned);
    }

    /** What is learned of services; nothing where no bundle does that. */
    public ServiceProfiles profiles() {
        return profiles.all().stream().findFirst().orElse(ServiceProfiles.NONE);
    }

    public List<MoveHook> moveHooks() {
        return moveHooks.all();
    }

    public Optional<AlertRules> alertRules() {
        return adapters.best(AlertRules.class, ONLY);
    }

    public Optional<DashboardPublisher> dashboards() {
        return adapters.best(DashboardPublisher.class, ONLY);
    }

    /** Returns the fabric that makes services reachable across clusters if their charts do not; empty without one. */
    public Optional<NetworkFabric> fabric() {
        return adapters.best(NetworkFabric.class, ONLY);
    }

    public boolean installs(String artifactType) {
        return adapters.which(WorkloadDeployer.class).contains(artifactType.toLowerCase(Locale.ROOT));
    }

    /** Returns whether no artifact of this type can have been installed since this process began. */
    public boolean neverInstalled(String artifactType) {
        return !offered.isEmpty() && !offered.contains(artifactType.toLowerCase(Locale.ROOT));
    }

    /** In lower case and in order; also types whose deployers have come and gone since this process began. */
    public Set<String> artifactTypes() {
        return new TreeSet<>(offered);
    }

    public Map<String, WorkloadDeployer> deployers() {
        return adapters.best(WorkloadDeployer.class);
    }

    /** All sources of metrics, the highest ranking asked first; empty when none is installed. */
    public Optional<JoinedMetrics> metrics() {
        return Optional.of(adapters.all(MetricsSource.class, ONLY))
                .filter(sources -> !sources.isEmpty())
                .map(JoinedMetrics::new);
    }

    public Set<String> answering() {
        return Set.copyOf(answering);
    }

    /** @throws AdapterException {@code UNAVAILABLE} when the registry of the cluster is unavailable */
    public ClusterTarget target(ClusterId cluster) {
        return adapters.best(ClusterRegistry.class, cluster.source())
                .map(registry -> registry.target(cluster))
                .orElseThrow(() -> new AdapterException(
                        Kind.UNAVAILABLE,
                        cluster.source(),
                        "Access to cluster %s is unknown: no registry of source %s is available"
                                .formatted(cluster.name(), cluster.source())));
    }

    /** All clusters of all sources, in name order. A source that cannot answer contributes nothing. */
    List<ClusterState> clusters() {
        List<ClusterState> all = new ArrayList<>();
        adapters.best(ClusterRegistry.class).forEach((source, registry) -> {
            try {
                all.addAll(registry.clusters());
                answering.add(source);
            } catch (AdapterException e) {
                answering.remove(source);
                LOG.warn(
                        "listing clusters failed source={} reason=\"{}\"; nothing is placed there",
                        source,
                        e.getMessage());
            }
        });
        // a source that left during the poll reports no more
        answering.retainAll(adapters.which(ClusterRegistry.class));
        all.sort(Comparator.comparing(ClusterState::id));
        return all;
    }

    /** @throws AdapterException {@code UNAVAILABLE} when no such adapter is there now */
    public WorkloadDeployer deployer(String artifactType) {
        return adapters.best(WorkloadDeployer.class, artifactType.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new AdapterException(
                        Kind.UNAVAILABLE,
                        artifactType.toLowerCase(Locale.ROOT),
                        "No deployer for artifacts of type %s is installed; available: %s"
                                .formatted(artifactType, adapters.which(WorkloadDeployer.class))));
    }

    /** @throws AdapterException {@code UNAVAILABLE} when no such adapter is there now */
    public WorkloadRuntime runtime(String source) {
        return adapters.best(WorkloadRuntime.class, source)
                .orElseThrow(() -> new AdapterException(
                        Kind.UNAVAILABLE,
                        source,
                        "No adapter for the clusters of source %s is installed; available: %s"
                                .formatted(source, adapters.which(WorkloadRuntime.class))));
    }

    /** Returns whether the adapters of these sources are there; with none named, whether there is any. */
    public boolean see(Set<String> sources) {
        Set<String> running = adapters.which(WorkloadRuntime.class);
        return sources.isEmpty()
                ? !running.isEmpty()
                : adapters.which(ClusterRegistry.class).containsAll(sources) && running.containsAll(sources);
    }

    /** Observes workloads over all sources: a failing source does not hide the others. */
    public WorkloadObservations sight(Collection<WorkloadRef> workloads) {
        Map<WorkloadRef, WorkloadObservation> all = new HashMap<>();
        Set<String> told = new TreeSet<>();
        Map<String, AdapterException> failed = new TreeMap<>();
        adapters.best(WorkloadRuntime.class).forEach((source, runtime) -> {
            try {
                runtime.observe(workloads).forEach((ref, seen) -> all.merge(ref, seen, AdapterPorts::merged));
                told.add(source);
            } catch (AdapterException e) {
                failed.put(source, e);
            }
        });
        return new WorkloadObservations(all, told, failed);
    }

    /**
     * Observes the workloads of a graph; workloads that a source does not know are missing.
     *
     * @param sources sources on whose clusters they may be; failures of others are ignored
     * @throws AdapterException one of these sources cannot be polled
     */
    public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads, Set<String> sources) {
        WorkloadObservations workloadObservations = sight(workloads);
        workloadObservations.failed().forEach((source, why) -> {
            if (sources.isEmpty() || sources.contains(source)) {
                throw why;
            }
            LOG.debug(
                    "observing workloads failed source={} reason=\"{}\"; the graph has none there",
                    source,
                    why.getMessage());
        });
        return workloadObservations.workloads();
    }

    /** Takes note of a release whose chart chooses its clusters: it may run at any source. */
    public void ensureMarked(StepKey key) {
        adapters.best(WorkloadRuntime.class).values().forEach(runtime -> runtime.ensureMarked(key));
    }

    /**
     * @param clusters clusters on which they ran
     * @throws AdapterException one of the sources of these clusters cannot be polled
     */
    public Map<WorkloadRef, WorkloadObservation> remains(Collection<WorkloadRef> workloads, Set<ClusterId> clusters) {
        Map<WorkloadRef, WorkloadObservation> all = new HashMap<>();
        Set<String> sources = clusters.stream().map(ClusterId::source).collect(Collectors.toSet());
        adapters.best(WorkloadRuntime.class).forEach((source, runtime) -> {
            Set<ClusterId> there = clusters.stream()
                    .filter(cluster -> cluster.source().equals(source))
                    .collect(Collectors.toSet());
            try {
                runtime.remains(workloads, there).forEach((ref, seen) -> all.merge(ref, seen, AdapterPorts::merged));
            } catch (AdapterException e) {
                if (sources.isEmpty() || sources.contains(source)) {
                    throw e;
                }
                LOG.debug(
                        "observing removed workloads failed source={} reason=\"{}\"; the graph had none there",
                        source,
                        e.getMessage());
            }
        });
        sources.stream()
                .filter(source -> !adapters.which(WorkloadRuntime.class).contains(source))
                .findFirst()
                .ifPresent(this::runtime);
        return all;
    }

    /** Signals of clusters over all sources; clusters without signals are missing. */
    public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
        Map<ClusterId, ClusterSignals> all = new HashMap<>();
        adapters.all(SignalSource.class, ONLY)
                .forEach(source -> source.signals(clusters).forEach(all::putIfAbsent));
        return all;
    }

    /** Latency between clusters in milliseconds, from → to, as each source reports it; the most important first. */
    public List<Map<ClusterId, Map<ClusterId, Double>>> latencyMillis(Collection<ClusterId> clusters) {
        return adapters.all(SignalSource.class, ONLY).stream()
                .map(source -> source.latencyMillis(clusters))
                .toList();
    }

    public void close() {
        subscriptions.values().forEach(Subscription::close);
        subscriptions.clear();
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
