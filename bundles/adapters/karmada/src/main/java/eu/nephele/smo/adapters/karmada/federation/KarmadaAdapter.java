// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.Probes.Way;
import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.Mirror;
import eu.nephele.smo.adapters.karmada.link.Mirror.Which;
import eu.nephele.smo.adapters.karmada.link.Pulse;
import eu.nephele.smo.adapters.karmada.link.Surroundings;
import eu.nephele.smo.adapters.karmada.link.Threads;
import eu.nephele.smo.adapters.karmada.link.Watching;
import eu.nephele.smo.adapters.karmada.read.ClusterReader;
import eu.nephele.smo.adapters.karmada.read.ClusterSeen;
import eu.nephele.smo.adapters.karmada.read.PodReader;
import eu.nephele.smo.adapters.karmada.read.Quantities;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.adapters.karmada.work.KnownWorkloads;
import eu.nephele.smo.adapters.karmada.work.LastWrites;
import eu.nephele.smo.adapters.karmada.work.Listeners;
import eu.nephele.smo.adapters.karmada.work.PodTroubles;
import eu.nephele.smo.adapters.karmada.work.Workloads;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Everything behind the ports for one Karmada: one connection, a few watches, two threads of its own. */
public final class Karmada implements AutoCloseable {

    /** Works hold copies of everything that is spread: they are listed again less often. */
    private static final int WORKS_RESYNC = 5;

    private final Connection connection;
    private final Watching watching;
    private final ScheduledThreadPoolExecutor scheduler;
    private final List<Mirror<?, ?>> mirrors = new ArrayList<>();
    private final Listeners<WorkloadRef> workloadsChanged;
    private final KnownWorkloads known = new KnownWorkloads();
    private final Workloads workloads;
    private final Pulse pulse;
    private final Probes probes;
    private final PodTroubles troubles;
    private final Members members;
    private final Works works;
    private final KarmadaClusters clusters;
    private final KarmadaRuntime runtime;
    private final KarmadaFabric fabric;

    public Karmada(LinkSettings link, Watching watching, Surroundings surroundings, Clock clock) {
        String source = link.system();
        this.watching = watching;
        connection = new Connection(link, surroundings);
        scheduler = new ScheduledThreadPoolExecutor(2, new Threads("smo-" + source));
        scheduler.setRemoveOnCancelPolicy(true);
        workloadsChanged = new Listeners<>(scheduler);
        Quantities quantities = new Quantities(watching.gpuNames());
        WorkloadReader workloadReader = new WorkloadReader(new PodReader(quantities));
        workloads = new Workloads(
                connection, workloadReader, watching.namespaces(), this::changed, scheduler, watching.resync());
        pulse = new Pulse(connection, source, Karmada::look, watching.unreachable(), this::hurry);
        troubles = new PodTroubles(connection, this::changed);
        Listeners<String> clustersChanged = new Listeners<>(scheduler);
        ClusterReader reader = new ClusterReader(quantities);
        Mirror<?, ClusterSeen> seen =
                mirror("clusters", Kinds.CLUSTER, "", it -> Optional.of(reader.read(it)), clustersChanged::changed);
        probes = new Probes(
                connection,
                () -> Set.copyOf(seen.kept().keySet()),
                () -> Optional.of(pulse.age())
                        .filter(any -> pulse.hasAnswered() && pulse.failure().isEmpty()),
                watching.silent(),
                clustersChanged::changed,
                System::nanoTime);
        Function<String, Way> way = watching.silent().isZero() ? name -> unprobed(seen, name) : probes::way;
        members = new Members(connection, workloadReader, way, this::changed);
        clusters = new KarmadaClusters(source, link.connection(), seen, pulse, probes, clustersChanged, clock);
        LastWrites lastWrites = new LastWrites(watching.resync());
        AtomicReference<Mirror<?, WorkSeen>> ofWorks = new AtomicReference<>();
        works = new Works(source, ofWorks::get, watching.unreachable(), this::changed);
        ofWorks.set(mirror(
                "works",
                Kinds.WORK,
                "",
                WorkSeen::read,
                works::changed,
                watching.resync().multipliedBy(WORKS_RESYNC)));
        Predicate<String> ready = cluster -> Optional.ofNullable(seen.kept().get(cluster))
                .filter(it -> it.ready() && probes.silence(cluster).isEmpty())
                .isPresent();
        List<Mirror<?, BindingSeen>> bindings = namespaces()
                .<Mirror<?, BindingSeen>>map(namespace ->
                        mirror("bindings", Kinds.BINDING, namespace, BindingSeen::read, key -> changed(workload(key))))
                .toList();
        Observer observer = observer(
                source,
                bindings,
                new Copies(works::known, members::look, ready, lastWrites::areNewerThan),
                way,
                cluster -> Optional.ofNullable(seen.kept().get(cluster))
                        .map(ClusterSeen::nodesAway)
                        .orElse(0));
        Remains remains = new Remains(connection, bindings, works, ready, way, workloads::mayHave);
        runtime = new KarmadaRuntime(connection, workloads, observer, remains, known, lastWrites, workloadsChanged);
        fabric = new KarmadaFabric(source, connection, seen);
        workloads.start();
        mirrors.forEach(Mirror::start);
        pulse.start();
        probes.start(scheduler);
    }

    private Observer observer(
            String source,
            List<Mirror<?, BindingSeen>> bindings,
            Copies copies,
            Function<String, Way> way,
            ToIntFunction<String> nodesAway) {
        List<Mirror<?, Map<String, Integer>>> overrides = namespaces()
                .<Mirror<?, Map<String, Integer>>>map(namespace -> mirror(
                        "overrides", Kinds.OVERRIDE, namespace, Overrides::read, key -> changed(overridden(key))))
                .toList();
        Supplier<Stream<Mirror<?, ?>>> all = () -> Stream.of(workloads.mirrors(), bindings.stream(), overrides.stream())
                .flatMap(mirrors -> mirrors);
        return new Observer(
                source,
                all,
                new Placements(bindings, overrides, copies, troubles, way),
                works,
                nodesAway,
                pulse,
                watching.unreachable());
    }

    /** Where nobody asks members whether they are ready, one in Pull mode is not asked anything. */
    private static Way unprobed(Mirror<?, ClusterSeen> clusters, String name) {
        return Optional.ofNullable(clusters.kept().get(name))
                .filter(ClusterSeen::pull)
                .map(any -> Way.NONE)
                .orElse(Way.UNKNOWN);
    }

    /** Where workloads are watched; "" for everywhere. */
    private Stream<String> namespaces() {
        return watching.namespaces().isEmpty() ? Stream.of("") : watching.namespaces().stream();
    }

    private static Object look(KubernetesClient client) {
        return client.genericKubernetesResources(Kinds.CLUSTER)
                .list(new ListOptionsBuilder().withLimit(1L).build());
    }

    private void hurry() {
        mirrors.forEach(Mirror::hurry);
        workloads.mirrors().forEach(Mirror::hurry);
    }

    private void changed(String workload) {
        Stream.concat(Stream.of(workload), workloads.named(workload).map(WorkloadSeen::releasePath))
                .distinct()
                .flatMap(key -> known.find(key, mark(key)).stream())
                .forEach(workloadsChanged::changed);
    }

    public ClusterRegistry clusters() {
        return clusters;
    }

    public SignalSource signals() {
        return clusters;
    }

    public WorkloadRuntime runtime() {
        return runtime;
    }

    public NetworkFabric fabric() {
        return fabric;
    }

    private <R> Mirror<GenericKubernetesResource, R> mirror(
            String name,
            ResourceDefinitionContext kind,
            String namespace,
            Function<GenericKubernetesResource, Optional<R>> read,
            Consumer<String> onChange) {
        return mirror(name, kind, namespace, read, onChange, watching.resync());
    }

    private <R> Mirror<GenericKubernetesResource, R> mirror(
            String name,
            ResourceDefinitionContext kind,
            String namespace,
            Function<GenericKubernetesResource, Optional<R>> read,
            Consumer<String> onChange,
            Duration resync) {
        Which<GenericKubernetesResource> which =
                new Which<>(namespace.isEmpty() ? name : name + " of namespace " + namespace, client -> {
                    var all = client.genericKubernetesResources(kind);
                    return namespace.isEmpty() ? all.inAnyNamespace() : all.inNamespace(namespace);
                });
        var mirror = new Mirror<GenericKubernetesResource, R>(connection, which, read, onChange, scheduler, resync);
        mirrors.add(mirror);
        return mirror;
    }

    private String mark(String key) {
        return workloads.named(key).map(it -> it.marks().workload()).findFirst().orElse("");
    }

    private static String workload(String binding) {
        return binding.replaceFirst("-(deployment|statefulset|daemonset|job)$", "");
    }

    private static String overridden(String override) {
        return override.replaceFirst("/" + Affinity.ourName(""), "/");
    }

    @Override
    public void close() {
        pulse.close();
        probes.close();
        troubles.close();
        members.close();
        mirrors.forEach(Mirror::close);
        workloads.close();
        scheduler.shutdownNow();
        connection.close();
    }
}
