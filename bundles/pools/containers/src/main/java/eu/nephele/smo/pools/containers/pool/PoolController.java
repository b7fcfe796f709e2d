// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.graph.GraphReader;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.ContainerInventory;
import eu.nephele.smo.api.port.WorkloadContainer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.pool.PoolGraphs.PoolGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps a pool as its file says: a configuration for each server, a graph for each service. What runs in them is the business of the core. */
@Component(service = ResourceController.class, property = ResourceController.KIND + "=" + PoolKind.NAME)
public final class PoolController implements ResourceController {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration USUAL = Duration.ofMinutes(1);

    private final GraphService graphs;
    private final ReadDescriptors reader;
    private final PoolServers servers;
    private final PoolFileFormat format;
    private final PoolBackups backups;

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    volatile List<ContainerInventory> inventories = List.of();

    @Activate
    public PoolController(
            @Reference GraphService graphs,
            @Reference GraphReader reader,
            @Reference ConfigurationAdmin configurations,
            @Reference PoolFileFormat format,
            @Reference PoolBackups backups) {
        this.graphs = graphs;
        this.reader = new ReadDescriptors(reader);
        this.servers = new PoolServers(configurations);
        this.format = format;
        this.backups = backups;
    }

    @Override
    public ResourceKind kind() {
        return PoolKind.KIND;
    }

    @Override
    public Reconciled reconcile(Resource pool, Reconciliation call) {
        PoolDocument document = PoolDocument.from(pool.desired());
        PoolStatus before = PoolStatus.from(pool.status().observed());
        String project = before.project().orElse(document.project());
        PoolGraphs mine = new PoolGraphs(graphs, reader, pool, project);
        if (pool.leaving()) {
            return leave(pool, document, before, mine);
        }
        if (!project.equals(document.project())) {
            return Reconciled.failed(
                    pool.status().observed(),
                    "The project of a pool does not change: it is %s; make another pool".formatted(project));
        }
        ContainersFile file;
        try {
            file = format.read(document.file());
        } catch (SmoException invalid) {
            return Reconciled.failed(pool.status().observed(), PoolStatus.described(invalid));
        }
        Instant now = call.clock().instant();
        Reconciled reconciled = reconcile(pool, document, file, mine, now);
        return backups.take(pool.ref().name(), document, file.autoscaler().backup(), now)
                .map(reconciled::with)
                .orElse(reconciled);
    }

    private Reconciled reconcile(
            Resource pool, PoolDocument document, ContainersFile file, PoolGraphs mine, Instant now) {
        PoolStatus before = PoolStatus.from(pool.status().observed());
        PoolStatus seen = new PoolStatus(document.project());
        // those that are new come first: services are placed on them
        servers.ensure(pool, file, name -> true);
        ManualScaling scaling = new ManualScaling(graphs, file, now);
        for (ServiceEntry service : file.services()) {
            try {
                JsonObject descriptor = format.descriptor(
                        file, service, Optional.ofNullable(document.replaced().get(service.name())), now);
                PoolGraph graph = mine.ensure(descriptor, before.asked(service.name()), now);
                seen.add(service.name(), graph);
                Optional.ofNullable(document.scaled().get(service.name()))
                        .ifPresent(number -> scaling.ensure(service, number, graph.view(), before, seen));
                Optional.ofNullable(document.updates().get(service.name()))
                        .map(update -> UpdateStatus.seen(
                                update,
                                graph,
                                containers(document.project(), service.name()),
                                before.update(service.name())))
                        .ifPresent(told -> seen.updated(service.name(), told));
            } catch (SmoException no) {
                seen.refused(service.name(), no, before.asked(service.name()));
                before.update(service.name()).ifPresent(told -> seen.updated(service.name(), told));
                Optional.ofNullable(document.scaled().get(service.name()))
                        .filter(number -> before.hasHeld(service.name(), number))
                        .ifPresent(number -> seen.held(service.name(), number));
            }
        }
        known(mine, before).stream()
                .filter(name -> file.service(name).isEmpty())
                .filter(mine::remove)
                .forEach(seen::removing);
        Set<String> busy = busy(document.project(), file, seen);
        servers.ensure(pool, file, busy::contains).forEach(seen::waiting);
        return seen.told(file).again(nextLook(file, seen, now));
    }

    /** Servers on which something of the pool is, or shall be. */
    private Set<String> busy(String project, ContainersFile file, PoolStatus seen) {
        Set<String> busy = new TreeSet<>();
        seen.graphs()
                .map(PoolGraph::view)
                .flatMap(graph -> graph.services().stream())
                .flatMap(service -> Stream.concat(service.shares().stream(), service.ready().stream()))
                .filter(share -> share.replicas() > 0)
                .map(Share::cluster)
                .forEach(cluster -> busy.add(cluster.name()));
        Set<WorkloadRef> workloads = Stream.concat(file.services().stream().map(ServiceEntry::name), seen.names())
                .map(name -> new WorkloadRef(new GraphId(project, name), name))
                .collect(Collectors.toSet());
        for (ContainerInventory inventory : inventories) {
            inventory.containers(workloads).values().stream()
                    .flatMap(List::stream)
                    .map(WorkloadContainer::server)
                    .forEach(server -> busy.add(server.name()));
        }
        return busy;
    }

    private List<WorkloadContainer> containers(String project, String service) {
        WorkloadRef workload = new WorkloadRef(new GraphId(project, service), service);
        return inventories.stream()
                .flatMap(inventory -> inventory.containers(Set.of(workload)).getOrDefault(workload, List.of()).stream())
                .toList();
    }

    private Reconciled leave(Resource pool, PoolDocument document, PoolStatus before, PoolGraphs mine) {
        Set<String> names = known(mine, before);
        names.addAll(document.services());
        List<String> left = names.stream().filter(mine::remove).toList();
        if (left.isEmpty()) {
            // not before: what runs on servers is taken away by their adapter
            servers.remove(pool);
            return Reconciled.gone();
        }
        return Reconciled.progressing(pool.status().observed(), "the removal of " + String.join(", ", left))
                .again(SOON);
    }

    /** Names of what there is, and of what was seen before: a graph that is being removed is not listed. */
    private static Set<String> known(PoolGraphs mine, PoolStatus before) {
        Set<String> names = new TreeSet<>(mine.names());
        before.names().forEach(names::add);
        return names;
    }

    /** Servers open and close by the clock. */
    private static Duration nextLook(ContainersFile file, PoolStatus seen, Instant now) {
        Duration usual = seen.isSettled() ? USUAL : SOON;
        return file.servers().stream()
                .flatMap(server -> server.hours().nextChange(now).stream())
                .map(change -> Duration.between(now, change))
                .filter(wait -> wait.compareTo(usual) < 0)
                .min(Duration::compareTo)
                .map(wait -> wait.plusMillis(10))
                .orElse(usual);
    }
}
