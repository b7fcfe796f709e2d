// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.MemberProbes.ProbeRoute;
import eu.nephele.smo.adapters.karmada.link.AdapterEnvironment;
import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.link.ApiServerProbe;
import eu.nephele.smo.adapters.karmada.link.DaemonThreads;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.ResourceCache;
import eu.nephele.smo.adapters.karmada.link.ResourceCache.WatchTarget;
import eu.nephele.smo.adapters.karmada.link.WatchSettings;
import eu.nephele.smo.adapters.karmada.read.ClusterReader;
import eu.nephele.smo.adapters.karmada.read.KubernetesQuantities;
import eu.nephele.smo.adapters.karmada.read.ObservedCluster;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.PodReader;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import eu.nephele.smo.adapters.karmada.work.CoalescingListeners;
import eu.nephele.smo.adapters.karmada.work.KnownWorkloads;
import eu.nephele.smo.adapters.karmada.work.LastWrites;
import eu.nephele.smo.adapters.karmada.work.PodDiagnostics;
import eu.nephele.smo.adapters.karmada.work.WorkloadCache;
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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Implements the ports for one Karmada: one connection, a few watches, two threads. */
public final class KarmadaAdapter implements AutoCloseable {

    /** Works hold copies of all propagated objects, so they are listed again less often. */
    private static final int WORKS_RESYNC = 5;

    private final ApiServerConnection connection;
    private final WatchSettings watching;
    private final ScheduledThreadPoolExecutor scheduler;
    private final List<ResourceCache<?, ?>> caches = new ArrayList<>();
    private final CoalescingListeners<WorkloadRef> workloadsChanged;
    private final KnownWorkloads known = new KnownWorkloads();
    private final WorkloadCache workloads;
    private final ApiServerProbe apiServerProbe;
    private final MemberProbes probes;
    private final PodDiagnostics troubles;
    private final MemberWorkloads members;
    private final WorkIndex works;
    private final KarmadaClusters clusters;
    private final KarmadaRuntime runtime;
    private final KarmadaFabric fabric;

    public KarmadaAdapter(
            LinkSettings link, WatchSettings watching, AdapterEnvironment adapterEnvironment, Clock clock) {
        String source = link.system();
        this.watching = watching;
        connection = new ApiServerConnection(link, adapterEnvironment);
        scheduler = new ScheduledThreadPoolExecutor(2, new DaemonThreads("smo-" + source));
        scheduler.setRemoveOnCancelPolicy(true);
        workloadsChanged = new CoalescingListeners<>(scheduler);
        KubernetesQuantities quantities = new KubernetesQuantities(watching.gpuNames());
        WorkloadReader workloadReader = new WorkloadReader(new PodReader(quantities));
        workloads = new WorkloadCache(
                connection, workloadReader, watching.namespaces(), this::changed, scheduler, watching.resync());
        apiServerProbe =
                new ApiServerProbe(connection, source, KarmadaAdapter::probe, watching.unreachable(), this::hurry);
        troubles = new PodDiagnostics(connection, this::changed);
        CoalescingListeners<String> clustersChanged = new CoalescingListeners<>(scheduler);
        ClusterReader reader = new ClusterReader(quantities);
        ResourceCache<?, ObservedCluster> seen = cache(
                "clusters",
                KarmadaKinds.CLUSTER,
                "",
                it -> Optional.of(reader.read(it)),
                (name, before, now) -> clustersChanged.changed(name));
        probes = new MemberProbes(
                connection,
                () -> Set.copyOf(seen.kept().keySet()),
                () -> Optional.of(apiServerProbe.age())
                        .filter(any -> apiServerProbe.hasAnswered()
                                && apiServerProbe.failure().isEmpty()),
                watching.silent(),
                clustersChanged::changed,
                System::nanoTime);
        Function<String, ProbeRoute> way = watching.silent().isZero() ? name -> unprobed(seen, name) : probes::way;
        members = new MemberWorkloads(connection, workloadReader, way, this::changed);
        clusters = new KarmadaClusters(source, link.connection(), seen, apiServerProbe, probes, clustersChanged, clock);
        LastWrites lastWrites = new LastWrites(watching.resync());
        AtomicReference<ResourceCache<?, ObservedWork>> ofWorks = new AtomicReference<>();
        works = new WorkIndex(source, ofWorks::get, watching.unreachable(), this::changed);
        ofWorks.set(cache(
                "works",
                KarmadaKinds.WORK,
                "",
                ObservedWork::read,
                works::changed,
                watching.resync().multipliedBy(WORKS_RESYNC)));
        Predicate<String> ready = cluster -> Optional.ofNullable(seen.kept().get(cluster))
                .filter(it -> it.ready() && probes.silence(cluster).isEmpty())
                .isPresent();
        List<ResourceCache<?, ObservedBinding>> bindings = namespaces()
                .<ResourceCache<?, ObservedBinding>>map(namespace -> cache(
                        "bindings",
                        KarmadaKinds.BINDING,
                        namespace,
                        ObservedBinding::read,
                        (key, before, now) -> changed(workload(key))))
                .toList();
        WorkloadObserver observer = observer(
                source,
                bindings,
                new ObservedGenerationCheck(works::known, members::poll, ready, lastWrites::areNewerThan),
                way,
                cluster -> Optional.ofNullable(seen.kept().get(cluster))
                        .map(ObservedCluster::nodesAway)
                        .orElse(0));
        RemainingObjects remains = new RemainingObjects(connection, bindings, works, ready, way, workloads::mayHave);
        runtime = new KarmadaRuntime(connection, workloads, observer, remains, known, lastWrites, workloadsChanged);
        fabric = new KarmadaFabric(source, connection, seen);
        workloads.start();
        caches.forEach(ResourceCache::start);
        apiServerProbe.start();
        probes.start(scheduler);
    }

    private WorkloadObserver observer(
            String source,
            List<ResourceCache<?, ObservedBinding>> bindings,
            ObservedGenerationCheck observedGenerationCheck,
            Function<String, ProbeRoute> way,
            ToIntFunction<String> nodesAway) {
        List<ResourceCache<?, Map<String, Integer>>> overrides = namespaces()
                .<ResourceCache<?, Map<String, Integer>>>map(namespace -> cache(
                        "overrides",
                        KarmadaKinds.OVERRIDE,
                        namespace,
                        OverridePolicies::read,
                        (key, before, now) -> changed(overridden(key))))
                .toList();
        Supplier<Stream<ResourceCache<?, ?>>> all =
                () -> Stream.of(workloads.caches(), bindings.stream(), overrides.stream())
                        .flatMap(each -> each);
        return new WorkloadObserver(
                source,
                all,
                new WorkloadPlacements(bindings, overrides, observedGenerationCheck, troubles, way),
                works,
                nodesAway,
                apiServerProbe,
                watching.unreachable());
    }

    /** Without member probes, members in Pull mode are not called at all. */
    private static ProbeRoute unprobed(ResourceCache<?, ObservedCluster> clusters, String name) {
        return Optional.ofNullable(clusters.kept().get(name))
                .filter(ObservedCluster::pull)
                .map(any -> ProbeRoute.NONE)
                .orElse(ProbeRoute.UNKNOWN);
    }

    /** Where workloads are watched; "" for everywhere. */
    private Stream<String> namespaces() {
        return watching.namespaces().isEmpty() ? Stream.of("") : watching.namespaces().stream();
    }

    private static Object probe(KubernetesClient client) {
        return client.genericKubernetesResources(KarmadaKinds.CLUSTER)
                .list(new ListOptionsBuilder().withLimit(1L).build());
    }

    private void hurry() {
        caches.forEach(ResourceCache::hurry);
        workloads.caches().forEach(ResourceCache::hurry);
    }

    private void changed(String workload) {
        Stream.concat(Stream.of(workload), workloads.named(workload).map(ObservedWorkload::releasePath))
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

    private <R> ResourceCache<GenericKubernetesResource, R> cache(
            String name,
            ResourceDefinitionContext kind,
            String namespace,
            Function<GenericKubernetesResource, Optional<R>> read,
            ResourceCache.ChangeListener<R> onChange) {
        return cache(name, kind, namespace, read, onChange, watching.resync());
    }

    private <R> ResourceCache<GenericKubernetesResource, R> cache(
            String name,
            ResourceDefinitionContext kind,
            String namespace,
            Function<GenericKubernetesResource, Optional<R>> read,
            ResourceCache.ChangeListener<R> onChange,
            Duration resync) {
        WatchTarget<GenericKubernetesResource> watchTarget =
                new WatchTarget<>(namespace.isEmpty() ? name : name + " of namespace " + namespace, client -> {
                    var all = client.genericKubernetesResources(kind);
                    return namespace.isEmpty() ? all.inAnyNamespace() : all.inNamespace(namespace);
                });
        var resourceCache = new ResourceCache<GenericKubernetesResource, R>(
                connection, watchTarget, read, onChange, scheduler, resync);
        caches.add(resourceCache);
        return resourceCache;
    }

    private String mark(String key) {
        return workloads
                .named(key)
                .map(it -> it.observedLabels().workload())
                .findFirst()
                .orElse("");
    }

    private static String workload(String binding) {
        return binding.replaceFirst("-(deployment|statefulset|daemonset|job)$", "");
    }

    private static String overridden(String override) {
        return override.replaceFirst("/" + PropagationPolicies.ourName(""), "/");
    }

    @Override
    public void close() {
        apiServerProbe.close();
        probes.close();
        troubles.close();
        members.close();
        caches.forEach(ResourceCache::close);
        workloads.close();
        scheduler.shutdownNow();
        connection.close();
    }
}
