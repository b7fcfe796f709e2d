// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.contexts;

import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.Mirror;
import eu.nephele.smo.adapters.karmada.link.Mirror.Which;
import eu.nephele.smo.adapters.karmada.link.Pulse;
import eu.nephele.smo.adapters.karmada.link.Surroundings;
import eu.nephele.smo.adapters.karmada.link.Threads;
import eu.nephele.smo.adapters.karmada.link.Watching;
import eu.nephele.smo.adapters.karmada.read.NodeReader;
import eu.nephele.smo.adapters.karmada.read.NodeReader.NodeSeen;
import eu.nephele.smo.adapters.karmada.read.PodReader;
import eu.nephele.smo.adapters.karmada.read.PodReader.PodSeen;
import eu.nephele.smo.adapters.karmada.read.Quantities;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.adapters.karmada.work.LastWrites;
import eu.nephele.smo.adapters.karmada.work.PodTroubles;
import eu.nephele.smo.adapters.karmada.work.Scaling;
import eu.nephele.smo.adapters.karmada.work.Workloads;
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
     * Who is told what has changed; quick.
     *
     * @param cluster something about the cluster
     * @param workload {@code namespace/name} of a workload
     * @param pods {@code namespace/name} of the workload whose pods have changed, and the mark that it has here, "" for none
     */
    record Told(Runnable cluster, Consumer<String> workload, BiConsumer<String, String> pods) {}

    private final ClusterId id;
    private final String reference;
    private final Map<String, String> labels;
    private final Watching watching;
    private final Told told;
    private final Clock clock;
    private final Connection connection;
    private final ScheduledThreadPoolExecutor scheduler;
    private final Mirror<?, NodeSeen> nodes;
    private final Mirror<?, PodSeen> pods;
    private final Workloads workloads;
    private final Scaling scaling;
    private final LastWrites lastWrites;
    private final PodTroubles troubles;
    private final Pulse pulse;
    private final AtomicInteger changes = new AtomicInteger();
    private final long startedAt = System.nanoTime();
    private volatile Optional<Load> load = Optional.empty();

    /**
     * @param labels labels from the configuration; they win over those of the nodes
     */
    ContextCluster(
            ClusterId id,
            LinkSettings link,
            Watching watching,
            Map<String, String> labels,
            Surroundings surroundings,
            Told told,
            Clock clock) {
        this.id = id;
        this.reference = link.connection();
        this.labels = labels;
        this.watching = watching;
        this.told = told;
        this.clock = clock;
        connection = new Connection(link, surroundings);
        scheduler = new ScheduledThreadPoolExecutor(2, new Threads("smo-" + id.name()));
        scheduler.setRemoveOnCancelPolicy(true);
        Quantities quantities = new Quantities(watching.gpuNames());
        PodReader podReader = new PodReader(quantities);
        NodeReader nodeReader = new NodeReader(quantities);
        nodes = mirror(
                "nodes",
                KubernetesClient::nodes,
                node -> Optional.of(nodeReader.read(node)),
                (any, before, now) -> loadChanged());
        pods = mirror("pods", client -> client.pods().inAnyNamespace(), podReader::read, this::podChanged);
        workloads = new Workloads(
                connection,
                new WorkloadReader(podReader),
                watching.namespaces(),
                told.workload(),
                scheduler,
                watching.resync());
        scaling = new Scaling(connection);
        lastWrites = new LastWrites(watching.resync());
        troubles = new PodTroubles(connection, told.workload());
        pulse = new Pulse(
                connection,
                id.name(),
                client -> client.nodes()
                        .list(new ListOptionsBuilder().withLimit(1L).build()),
                watching.unreachable(),
                () -> mirrors().forEach(Mirror::hurry));
    }

    private <T extends HasMetadata, R> Mirror<T, R> mirror(
            String name,
            Function<KubernetesClient, FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?>> of,
            Function<T, Optional<R>> read,
            Mirror.Change<R> onChange) {
        return new Mirror<>(connection, new Which<>(name, of), read, onChange, scheduler, watching.resync());
    }

    private void loadChanged() {
        changes.incrementAndGet();
        load = Optional.empty();
        told.cluster().run();
    }

    /**
     * What our own pods take is asked for per workload: so the workload is told, and before the cluster. Who hears of the cluster
     * would else take the pods for what they were, and the difference for somebody else's.
     */
    private void podChanged(String key, Optional<PodSeen> before, Optional<PodSeen> now) {
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
                .forEach(workload -> told.pods().accept(workload, mark(workload)));
        if (!sameLoad) {
            told.cluster().run();
        }
    }

    private String mark(String workload) {
        return workloads
                .named(workload)
                .map(seen -> seen.marks().workload())
                .findFirst()
                .orElse("");
    }

    /** Begins. */
    void start() {
        nodes.start();
        pods.start();
        workloads.start();
        pulse.start();
    }

    ClusterId id() {
        return id;
    }

    /** {@code REFERENCE[#CONTEXT]}. */
    String reference() {
        return reference;
    }

    Workloads workloads() {
        return workloads;
    }

    Scaling scaling() {
        return scaling;
    }

    /**
     * Takes note of how a workload and what is beside it are while they are changed: nothing that was told before counts for them.
     *
     * @param now as the server itself has answered
     */
    void changing(WorkloadSeen now) {
        lastWrites.put(now);
        workloads.besideNow(now).forEach(lastWrites::put);
    }

    /** What was told of a workload last; that it is of the former specification when it was told before a change. */
    WorkloadSeen current(WorkloadSeen told) {
        return lastWrites.areNewerThan(told) ? told.ofFormerSpecification() : told;
    }

    PodTroubles troubles() {
        return troubles;
    }

    /** Whether the server answers, everything is known of it, and it has a node that is ready. */
    boolean isReady() {
        return why().isEmpty() && nodes.kept().values().stream().anyMatch(NodeSeen::ready);
    }

    /** Nodes that are not ready. */
    int nodesAway() {
        return (int)
                nodes.kept().values().stream().filter(node -> !node.ready()).count();
    }

    /** What keeps the cluster from being known; empty when it is. */
    Optional<String> why() {
        if (!pulse.hasAnswered() || pulse.isSilent()) {
            return Optional.of(pulse.failure().map(AdapterException::getMessage).orElse("it has not answered yet"));
        }
        return mirrors()
                .filter(mirror -> !mirror.isComplete()
                        || mirror.failingFor()
                                .filter(age -> age.compareTo(watching.unreachable()) > 0)
                                .isPresent())
                .findFirst()
                .map(mirror ->
                        mirror.failure().map(AdapterException::getMessage).orElse("it has not told everything yet"));
    }

    /**
     * Whether it may still be about to tell for the first time: for a while, and beyond that as long as no call to it has failed.
     * A server that has just started and is slow itself knows nothing of a cluster, which is not the cluster's fault. Every call
     * ends, so this does.
     */
    boolean isStarting() {
        boolean told = pulse.hasAnswered() && mirrors().allMatch(Mirror::isComplete);
        boolean failed = pulse.failure().isPresent()
                || mirrors().anyMatch(mirror -> mirror.failure().isPresent());
        return !told
                && (!failed
                        || System.nanoTime() - startedAt
                                < watching.unreachable().toNanos());
    }

    /** Waits for the first look at everything, not longer than until then. */
    void awaitFirst(long deadlineNanos) {
        mirrors().forEach(mirror -> mirror.awaitFirst(deadlineNanos));
        pulse.awaitFirst(deadlineNanos);
    }

    /** What the pods of a workload ask for. */
    Resources requested(String workload) {
        return load().of(workload);
    }

    /** Pods that have not ended of a service that is gone, and of what its release had beside it and is gone. */
    int podsLeftOf(String service) {
        return (int) pods.kept().values().stream()
                .filter(pod -> pod.owner().isLeftOf(service, workloads::mayHave))
                .count();
    }

    ClusterState state() {
        boolean ready = isReady();
        Map<String, String> all = Load.common(nodes.kept().values());
        all.putAll(labels);
        String location = Optional.ofNullable(all.get(REGION))
                .or(() -> Optional.ofNullable(all.get(ZONE)))
                .orElse("");
        Map<String, NodeSeen> present = new TreeMap<>(nodes.kept());
        return new ClusterState(
                id,
                ready,
                ready ? load().allocatable(present) : Resources.NONE,
                ready ? load().allocated(present) : Resources.NONE,
                location,
                all,
                EnergyProfile.UNKNOWN,
                clock.instant().minus(pulse.age()));
    }

    private Load load() {
        Optional<Load> known = load;
        if (known.isPresent()) {
            return known.get();
        }
        int before = changes.get();
        Load now = Load.of(List.copyOf(pods.kept().values()));
        load = Optional.of(now);
        if (changes.get() != before) {
            load = Optional.empty();
        }
        return now;
    }

    private Stream<Mirror<?, ?>> mirrors() {
        return Stream.concat(Stream.of(nodes, pods), workloads.mirrors());
    }

    @Override
    public void close() {
        nodes.close();
        pods.close();
        workloads.close();
        pulse.close();
        troubles.close();
        scheduler.shutdownNow();
        connection.close();
    }
}
