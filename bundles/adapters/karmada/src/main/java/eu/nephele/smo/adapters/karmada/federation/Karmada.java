// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.Mirror;
import eu.nephele.smo.adapters.karmada.link.Mirror.Which;
import eu.nephele.smo.adapters.karmada.link.Threads;
import eu.nephele.smo.adapters.karmada.link.Watching;
import eu.nephele.smo.adapters.karmada.read.ClusterReader;
import eu.nephele.smo.adapters.karmada.read.ClusterSeen;
import eu.nephele.smo.adapters.karmada.read.PodReader;
import eu.nephele.smo.adapters.karmada.read.Quantities;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import eu.nephele.smo.adapters.karmada.work.KnownWorkloads;
import eu.nephele.smo.adapters.karmada.work.Listeners;
import eu.nephele.smo.adapters.karmada.work.PodTroubles;
import eu.nephele.smo.adapters.karmada.work.Workloads;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.Function;

/** Everything behind the ports for one Karmada: one connection, a few watches, two threads of its own. */
public final class Karmada implements AutoCloseable {

    private final Connection connection;
    private final ScheduledThreadPoolExecutor scheduler;
    private final List<Mirror<?, ?>> mirrors = new ArrayList<>();
    private final Workloads workloads;
    private final KarmadaClusters clusters;
    private final KarmadaRuntime runtime;
    private final KarmadaFabric fabric;

    /** @param secrets resolves references of secrets */
    public Karmada(LinkSettings link, Watching watching, Function<String, Optional<String>> secrets, Clock clock) {
        String source = link.system();
        connection = new Connection(link, secrets);
        scheduler = new ScheduledThreadPoolExecutor(2, new Threads("smo-" + source));
        scheduler.setRemoveOnCancelPolicy(true);
        Quantities quantities = new Quantities(watching.gpuNames());
        Listeners<String> clustersChanged = new Listeners<>(scheduler);
        Listeners<WorkloadRef> workloadsChanged = new Listeners<>(scheduler);
        KnownWorkloads known = new KnownWorkloads();
        Consumer<String> onWorkload = key -> known.find(key, mark(key)).ifPresent(workloadsChanged::changed);

        ClusterReader reader = new ClusterReader(quantities);
        Mirror<?, ClusterSeen> seen = mirror(
                watching, "clusters", Kinds.CLUSTER, "", it -> Optional.of(reader.read(it)), clustersChanged::changed);
        workloads = new Workloads(
                connection,
                new WorkloadReader(new PodReader(quantities)),
                watching.namespaces(),
                onWorkload,
                scheduler,
                watching.resync());
        List<Mirror<?, BindingSeen>> bindings = new ArrayList<>();
        List<Mirror<?, Map<String, Integer>>> overrides = new ArrayList<>();
        for (String namespace : watching.namespaces().isEmpty() ? List.of("") : watching.namespaces()) {
            bindings.add(mirror(
                    watching,
                    "bindings",
                    Kinds.BINDING,
                    namespace,
                    BindingSeen::read,
                    key -> onWorkload.accept(workload(key))));
            overrides.add(mirror(
                    watching,
                    "overrides",
                    Kinds.OVERRIDE,
                    namespace,
                    Overrides::read,
                    key -> onWorkload.accept(overridden(key))));
        }
        List<Mirror<?, ?>> forWorkloads = new ArrayList<>(workloads.mirrors().toList());
        forWorkloads.addAll(bindings);
        forWorkloads.addAll(overrides);
        PodTroubles troubles = new PodTroubles(connection, scheduler, onWorkload);
        clusters = new KarmadaClusters(source, link.connection(), seen, clustersChanged, clock);
        runtime = new KarmadaRuntime(
                connection,
                workloads,
                new Observer(source, forWorkloads, bindings, overrides, troubles, watching.unreachable()),
                known,
                workloadsChanged);
        fabric = new KarmadaFabric(source, connection, seen);
        workloads.start();
        mirrors.forEach(Mirror::start);
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
            Watching watching,
            String name,
            ResourceDefinitionContext kind,
            String namespace,
            Function<GenericKubernetesResource, Optional<R>> read,
            Consumer<String> onChange) {
        Which<GenericKubernetesResource> which =
                new Which<>(namespace.isEmpty() ? name : name + " of namespace " + namespace, client -> {
                    var all = client.genericKubernetesResources(kind);
                    return namespace.isEmpty() ? all.inAnyNamespace() : all.inNamespace(namespace);
                });
        var mirror = new Mirror<GenericKubernetesResource, R>(
                connection, which, read, onChange, scheduler, watching.resync());
        mirrors.add(mirror);
        return mirror;
    }

    private String mark(String key) {
        return workloads.named(key).map(it -> it.workload()).findFirst().orElse("");
    }

    private static String workload(String binding) {
        return binding.replaceFirst("-(deployment|statefulset)$", "");
    }

    private static String overridden(String override) {
        return override.replaceFirst("/" + Affinity.ourName(""), "/");
    }

    @Override
    public void close() {
        mirrors.forEach(Mirror::close);
        workloads.close();
        scheduler.shutdownNow();
        connection.close();
    }
}
