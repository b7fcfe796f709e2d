// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.contexts;

import eu.nephele.smo.adapters.karmada.link.AdapterEnvironment;
import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.link.ApiServerProbe;
import eu.nephele.smo.adapters.karmada.link.DaemonThreads;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.ResourceCache;
import eu.nephele.smo.adapters.karmada.link.ResourceCache.WatchTarget;
import eu.nephele.smo.adapters.karmada.link.WatchSettings;
import eu.nephele.smo.adapters.karmada.read.KubernetesQuantities;
import eu.nephele.smo.adapters.karmada.read.NodeReader;
import eu.nephele.smo.adapters.karmada.read.NodeReader.ObservedNode;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.PodReader;
import eu.nephele.smo.adapters.karmada.read.PodReader.ObservedPod;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import eu.nephele.smo.adapters.karmada.work.LastWrites;
import eu.nephele.smo.adapters.karmada.work.PodDiagnostics;
import eu.nephele.smo.adapters.karmada.work.WorkloadCache;
import eu.nephele.smo.adapters.karmada.work.WorkloadScaler;
import eu.nephele.smo.api.model.ArtifactTypeLabels;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** One cluster reached by a context of a kubeconfig. */
final class ContextCluster implements AutoCloseable {

    private static final String REGION = "topology.kubernetes.io/region";
    private static final String ZONE = "topology.kubernetes.io/zone";

    /**
     * Listeners to changes; they return quickly.
     *
     * @param cluster something about the cluster
     * @param workload {@code namespace/name} of a workload
     * @param pods {@code namespace/name} of the workload whose pods have changed, and the mark that it has here, "" for none
     */
    record PublishedState(Runnable cluster, Consumer<String> workload, BiConsumer<String, String> pods) {}

    private final ClusterId id;
    private final String reference;
    private final Map<String, String> labels;
    private final WatchSettings watching;
    private final PublishedState publishedState;
    private final Clock clock;
    private final ApiServerConnection connection;
    private final ScheduledThreadPoolExecutor scheduler;
    private final ResourceCache<?, ObservedNode> nodes;
    private final ResourceCache<?, ObservedPod> pods;
    private final WorkloadCache workloads;
    private final WorkloadScaler scaling;
    private final LastWrites lastWrites;
    private final PodDiagnostics troubles;
    private final ApiServerProbe apiServerProbe;
    private final AtomicInteger changes = new AtomicInteger();
    private final long startedAt = System.nanoTime();
    private volatile Optional<RequestedResources> load = Optional.empty();

    /**
     * @param labels labels from the configuration; they win over those of the nodes
     */
    ContextCluster(
            ClusterId id,
            LinkSettings link,
            WatchSettings watching,
            Map<String, String> labels,
            AdapterEnvironment adapterEnvironment,
            PublishedState publishedState,
            Clock clock) {
        this.id = id;
        this.reference = link.connection();
        this.labels = labels;
        this.watching = watching;
        this.publishedState = publishedState;
        this.clock = clock;
        connection = new ApiServerConnection(link, adapterEnvironment);
        scheduler = new ScheduledThreadPoolExecutor(2, new DaemonThreads("smo-" + id.name()));
        scheduler.setRemoveOnCancelPolicy(true);
        KubernetesQuantities quantities = new KubernetesQuantities(watching.gpuNames());
        PodReader podReader = new PodReader(quantities);
        NodeReader nodeReader = new NodeReader(quantities);
        nodes = cache(
                "nodes",
                KubernetesClient::nodes,
                node -> Optional.of(nodeReader.read(node)),
                (any, before, now) -> loadChanged());
        pods = cache("pods", client -> client.pods().inAnyNamespace(), podReader::read, this::podChanged);
        workloads = new WorkloadCache(
                connection,
                new WorkloadReader(podReader),
                watching.namespaces(),
                publishedState.workload(),
                scheduler,
                watching.resync());
        scaling = new WorkloadScaler(connection);
        lastWrites = new LastWrites(watching.resync());
        troubles = new PodDiagnostics(connection, publishedState.workload());
        apiServerProbe = new ApiServerProbe(
                connection,
                id.name(),
                client -> client.nodes()
                        .list(new ListOptionsBuilder().withLimit(1L).build()),
                watching.unreachable(),
                () -> caches().forEach(ResourceCache::hurry));
    }

    private <T extends HasMetadata, R> ResourceCache<T, R> cache(
            String name,
            Function<KubernetesClient, FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?>> of,
            Function<T, Optional<R>> read,
            ResourceCache.ChangeListener<R> onChange) {
        return new ResourceCache<>(
                connection, new WatchTarget<>(name, of), read, onChange, scheduler, watching.resync());
    }

    private void loadChanged() {
        changes.incrementAndGet();
        load = Optional.empty();
        publishedState.cluster().run();
    }

    /**
     * Publishes a change of pods: the workload before the cluster, because the use of our own pods is requested per workload. A
     * listener to the cluster would otherwise take the old use for theirs, and the difference for somebody else's.
     */
    private void podChanged(String key, Optional<ObservedPod> before, Optional<ObservedPod> now) {
        boolean sameLoad =
                before.flatMap(last -> now.filter(last::takesTheSame)).isPresent();
        if (!sameLoad) {
            changes.incrementAndGet();
            load = Optional.empty();
        }
        Stream.of(before, now)
                .flatMap(Optional::stream)
                .flatMap(pod -> pod.owner().concerned().stream())
                .distinct()
                .forEach(workload -> publishedState.pods().accept(workload, mark(workload)));
        if (!sameLoad) {
            publishedState.cluster().run();
        }
    }

    private String mark(String workload) {
        return workloads
                .named(workload)
                .map(seen -> seen.observedLabels().workload())
                .findFirst()
                .orElse("");
    }

    void start() {
        nodes.start();
        pods.start();
        workloads.start();
        apiServerProbe.start();
    }

    ClusterId id() {
        return id;
    }

    /** {@code REFERENCE[#CONTEXT]}. */
    String reference() {
        return reference;
    }

    WorkloadCache workloads() {
        return workloads;
    }

    WorkloadScaler scaling() {
        return scaling;
    }

    /** During a change, with the server's own answer: states published before do not count for the siblings either. */
    void changing(ObservedWorkload now) {
        lastWrites.put(now);
        workloads.besideNow(now).forEach(lastWrites::put);
    }

    /** The latest published state; as of the former specification if it was published before a change. */
    ObservedWorkload current(ObservedWorkload told) {
        return lastWrites.areNewerThan(told) ? told.ofFormerSpecification() : told;
    }

    PodDiagnostics troubles() {
        return troubles;
    }

    /** Returns whether the server answers, its objects are listed completely, and one of its nodes is ready. */
    boolean isReady() {
        return why().isEmpty() && nodes.kept().values().stream().anyMatch(ObservedNode::ready);
    }

    /** Nodes that are not ready. */
    int nodesAway() {
        return (int)
                nodes.kept().values().stream().filter(node -> !node.ready()).count();
    }

    /** Returns the reason for which the cluster is unknown; empty if it is known. */
    Optional<String> why() {
        if (!apiServerProbe.hasAnswered() || apiServerProbe.isSilent()) {
            return Optional.of(
                    apiServerProbe.failure().map(AdapterException::getMessage).orElse("no answer yet"));
        }
        return caches().filter(resourceCache -> !resourceCache.isComplete()
                        || resourceCache
                                .failingFor()
                                .filter(age -> age.compareTo(watching.unreachable()) > 0)
                                .isPresent())
                .findFirst()
                .map(resourceCache -> resourceCache
                        .failure()
                        .map(AdapterException::getMessage)
                        .orElse("it is not listed completely yet"));
    }

    /**
     * Returns whether its first listing may still be pending: for a while, and beyond that as long as no call to it
     * has failed. An SMO server that has just started and is slow knows nothing of a cluster, which is not the cluster's
     * fault. Every call ends, so this does.
     */
    boolean isStarting() {
        boolean told = apiServerProbe.hasAnswered() && caches().allMatch(ResourceCache::isComplete);
        boolean failed = apiServerProbe.failure().isPresent()
                || caches().anyMatch(resourceCache -> resourceCache.failure().isPresent());
        return !told
                && (!failed
                        || System.nanoTime() - startedAt
                                < watching.unreachable().toNanos());
    }

    /** Waits for the first complete listing, at most until the deadline. */
    void awaitFirst(long deadlineNanos) {
        caches().forEach(resourceCache -> resourceCache.awaitFirst(deadlineNanos));
        apiServerProbe.awaitFirst(deadlineNanos);
    }

    Resources requested(String workload) {
        return load().get(workload);
    }

    /** Pods still running of a removed service, and of removed siblings in its release. */
    int podsLeftOf(String service) {
        return (int) pods.kept().values().stream()
                .filter(pod -> pod.owner().isLeftOf(service, workloads::mayHave))
                .count();
    }

    ClusterState state() {
        boolean ready = isReady();
        Map<String, String> all = RequestedResources.common(nodes.kept().values());
        all.putAll(labels);
        String location = Optional.ofNullable(all.get(REGION))
                .or(() -> Optional.ofNullable(all.get(ZONE)))
                .orElse("");
        Map<String, ObservedNode> present = new TreeMap<>(nodes.kept());
        return new ClusterState(
                id,
                ready,
                ready ? load().allocatable(present) : Resources.NONE,
                ready ? load().allocated(present) : Resources.NONE,
                location,
                all,
                EnergyProfile.UNKNOWN,
                ArtifactTypeLabels.types(all),
                clock.instant().minus(apiServerProbe.age()));
    }

    private RequestedResources load() {
        Optional<RequestedResources> known = load;
        if (known.isPresent()) {
            return known.get();
        }
        int before = changes.get();
        RequestedResources now = RequestedResources.from(List.copyOf(pods.kept().values()));
        load = Optional.of(now);
        if (changes.get() != before) {
            load = Optional.empty();
        }
        return now;
    }

    private Stream<ResourceCache<?, ?>> caches() {
        return Stream.concat(Stream.of(nodes, pods), workloads.caches());
    }

    @Override
    public void close() {
        nodes.close();
        pods.close();
        workloads.close();
        apiServerProbe.close();
        troubles.close();
        scheduler.shutdownNow();
        connection.close();
    }
}
