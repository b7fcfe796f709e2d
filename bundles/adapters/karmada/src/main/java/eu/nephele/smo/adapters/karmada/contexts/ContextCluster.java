// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.contexts;

import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.Mirror;
import eu.nephele.smo.adapters.karmada.link.Mirror.Which;
import eu.nephele.smo.adapters.karmada.link.Threads;
import eu.nephele.smo.adapters.karmada.link.Watching;
import eu.nephele.smo.adapters.karmada.read.NodeReader;
import eu.nephele.smo.adapters.karmada.read.NodeReader.NodeSeen;
import eu.nephele.smo.adapters.karmada.read.PodReader;
import eu.nephele.smo.adapters.karmada.read.PodReader.PodSeen;
import eu.nephele.smo.adapters.karmada.read.Quantities;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import eu.nephele.smo.adapters.karmada.work.PodTroubles;
import eu.nephele.smo.adapters.karmada.work.Scaling;
import eu.nephele.smo.adapters.karmada.work.Workloads;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** One cluster reached by a context of a kubeconfig. */
final class ContextCluster implements AutoCloseable {

    private static final long PAUSE_MILLIS = 20;
    private static final String REGION = "topology.kubernetes.io/region";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final int PROBES = 5;

    private final ClusterId id;
    private final String reference;
    private final Map<String, String> labels;
    private final Watching watching;
    private final Clock clock;
    private final Connection connection;
    private final ScheduledThreadPoolExecutor scheduler;
    private final ScheduledThreadPoolExecutor prober;
    private final Mirror<?, NodeSeen> nodes;
    private final Mirror<?, PodSeen> pods;
    private final Workloads workloads;
    private final Scaling scaling;
    private final PodTroubles troubles;
    private final ScheduledFuture<?> probes;
    private final AtomicInteger changes = new AtomicInteger();
    private final long startedAt = System.nanoTime();
    private volatile Optional<Long> answeredAt = Optional.empty();
    private volatile Optional<AdapterException> silence = Optional.empty();
    private volatile Optional<Load> load = Optional.empty();

    /**
     * @param labels labels from the configuration; they win over those of the nodes
     * @param onCluster told when something about the cluster has changed
     * @param onWorkload told {@code namespace/name} of a workload that has changed
     */
    ContextCluster(
            ClusterId id,
            LinkSettings link,
            Watching watching,
            Map<String, String> labels,
            Function<String, Optional<String>> secrets,
            Runnable onCluster,
            Consumer<String> onWorkload,
            Clock clock) {
        this.id = id;
        this.reference = link.connection();
        this.labels = labels;
        this.watching = watching;
        this.clock = clock;
        connection = new Connection(link, secrets);
        scheduler = executor("smo-" + id.name(), 2);
        prober = executor("smo-" + id.name() + "-probe", 1);
        Quantities quantities = new Quantities(watching.gpuNames());
        NodeReader nodeReader = new NodeReader(quantities);
        PodReader podReader = new PodReader(quantities);
        Consumer<String> onLoad = any -> {
            changes.incrementAndGet();
            load = Optional.empty();
            onCluster.run();
        };
        nodes = new Mirror<>(
                connection,
                new Which<>("nodes", client -> client.nodes()),
                node -> Optional.of(nodeReader.read(node)),
                onLoad,
                scheduler,
                watching.resync());
        pods = new Mirror<>(
                connection,
                new Which<>("pods", client -> client.pods().inAnyNamespace()),
                podReader::read,
                onLoad,
                scheduler,
                watching.resync());
        workloads = new Workloads(
                connection,
                new WorkloadReader(podReader),
                watching.namespaces(),
                onWorkload,
                scheduler,
                watching.resync());
        scaling = new Scaling(connection);
        troubles = new PodTroubles(connection, scheduler, onWorkload);
        nodes.start();
        pods.start();
        workloads.start();
        long period = Math.max(1000, watching.unreachable().toMillis() / PROBES);
        probes = prober.scheduleWithFixedDelay(this::probe, 0, period, TimeUnit.MILLISECONDS);
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

    PodTroubles troubles() {
        return troubles;
    }

    /** Whether the server answers, everything is known of it, and it has a node that is ready. */
    boolean isReady() {
        return why().isEmpty() && nodes.kept().values().stream().anyMatch(NodeSeen::ready);
    }

    /** What keeps the cluster from being known; empty when it is. */
    Optional<String> why() {
        long limit = watching.unreachable().toNanos();
        boolean answers =
                answeredAt.filter(at -> System.nanoTime() - at <= limit).isPresent();
        if (!answers) {
            return Optional.of(silence.map(AdapterException::getMessage).orElse("it has not answered yet"));
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

    /** Whether it may still be about to tell for the first time. */
    boolean isStarting() {
        boolean told = answeredAt.isPresent() && mirrors().allMatch(Mirror::isComplete);
        return !told && System.nanoTime() - startedAt < watching.unreachable().toNanos();
    }

    /** Waits for the first look at everything, not longer than until then. */
    void awaitFirst(long deadlineNanos) {
        mirrors().forEach(mirror -> mirror.awaitFirst(deadlineNanos));
        while (answeredAt.isEmpty() && silence.isEmpty() && System.nanoTime() - deadlineNanos < 0) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** What the pods of a workload ask for. */
    Resources requested(String workload) {
        return load().of(workload);
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
                clock.instant()
                        .minusNanos(answeredAt.map(at -> System.nanoTime() - at).orElse(0L)));
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

    private void probe() {
        try {
            connection.call("Reach " + id.name(), client -> client.nodes()
                    .list(new ListOptionsBuilder().withLimit(1L).build()));
            boolean back = silence.isPresent();
            answeredAt = Optional.of(System.nanoTime());
            silence = Optional.empty();
            if (back) {
                mirrors().forEach(Mirror::hurry);
            }
        } catch (AdapterException e) {
            silence = Optional.of(e);
        }
    }

    private Stream<Mirror<?, ?>> mirrors() {
        return Stream.concat(Stream.of(nodes, pods), workloads.mirrors());
    }

    private static ScheduledThreadPoolExecutor executor(String name, int threads) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(threads, new Threads(name));
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    @Override
    public void close() {
        nodes.close();
        pods.close();
        workloads.close();
        probes.cancel(false);
        prober.shutdownNow();
        scheduler.shutdownNow();
        connection.close();
    }
}
