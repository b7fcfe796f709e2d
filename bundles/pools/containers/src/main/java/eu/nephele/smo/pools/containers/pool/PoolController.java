// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.graph.GraphReader;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    private static final String SERVICES = "services";
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration USUAL = Duration.ofMinutes(1);
    private static final Set<GraphPhase> SETTLED = EnumSet.of(GraphPhase.RUNNING, GraphPhase.WAITING);

    /** What only a person can change. */
    private static final Set<SmoException.Kind> LASTING = EnumSet.of(
            SmoException.Kind.INVALID,
            SmoException.Kind.CONFLICT,
            SmoException.Kind.TOO_LARGE,
            SmoException.Kind.OVER_QUOTA,
            SmoException.Kind.FORBIDDEN);

    private final PoolGraphs graphs;
    private final PoolServers servers;
    private final PoolFileFormat format;

    @Activate
    public PoolController(
            @Reference GraphService graphs,
            @Reference GraphReader reader,
            @Reference ConfigurationAdmin configurations,
            @Reference PoolFileFormat format) {
        this.graphs = new PoolGraphs(graphs, reader);
        this.servers = new PoolServers(configurations);
        this.format = format;
    }

    @Override
    public ResourceKind kind() {
        return PoolKind.KIND;
    }

    @Override
    public Reconciled reconcile(Resource pool, Reconciliation call) {
        if (pool.leaving()) {
            return leave(pool);
        }
        PoolDocument document = PoolDocument.from(pool.desired());
        ContainersFile file;
        try {
            file = format.read(document.file());
        } catch (SmoException invalid) {
            return Reconciled.failed(JsonObject.EMPTY, described(invalid));
        }
        Instant now = call.clock().instant();
        servers.ensure(pool, file);
        Map<String, SmoException> refused = new TreeMap<>();
        Map<String, GraphView> present = new LinkedHashMap<>();
        for (ServiceEntry service : file.services()) {
            try {
                JsonObject descriptor = format.descriptor(
                        file, service, Optional.ofNullable(document.replaced().get(service.name())), now);
                present.put(service.name(), graphs.ensure(pool, descriptor));
            } catch (SmoException no) {
                refused.put(service.name(), no);
            }
        }
        List<String> unnamed = known(pool).stream()
                .filter(name -> file.service(name).isEmpty())
                .filter(name -> graphs.remove(pool, name))
                .toList();
        return told(file, present, refused, unnamed).again(nextLook(file, present, refused, unnamed, now));
    }

    private Reconciled leave(Resource pool) {
        Set<String> names = known(pool);
        PoolDocument.from(pool.desired()).services().forEach(names::add);
        List<String> left =
                names.stream().filter(name -> graphs.remove(pool, name)).toList();
        if (left.isEmpty()) {
            // not before: what runs on servers is taken away by their adapter
            servers.remove(pool);
            return Reconciled.gone();
        }
        return Reconciled.progressing(pool.status().observed(), "the removal of " + String.join(", ", left))
                .again(SOON);
    }

    /** Names of what there is, and of what was seen before: a graph that is being removed is not listed. */
    private Set<String> known(Resource pool) {
        Set<String> names = new TreeSet<>(graphs.names(pool));
        pool.status()
                .observed()
                .get(SERVICES)
                .flatMap(JsonValue::asObject)
                .ifPresent(seen -> names.addAll(seen.members().keySet()));
        return names;
    }

    private static Reconciled told(
            ContainersFile file,
            Map<String, GraphView> present,
            Map<String, SmoException> refused,
            List<String> unnamed) {
        Map<String, JsonValue> services = new LinkedHashMap<>();
        present.forEach((name, graph) -> services.put(name, observed(graph)));
        unnamed.forEach(
                name -> services.put(name, JsonObject.EMPTY.with("phase", new JsonString(GraphPhase.REMOVING.name()))));
        JsonObject observed = JsonObject.EMPTY
                .with(SERVICES, new JsonObject(services))
                .with(
                        "servers",
                        JsonArray.ofStrings(
                                file.servers().stream().map(ServerEntry::name).toList()));
        if (!refused.isEmpty()) {
            String why = refused.entrySet().stream()
                    .map(service -> service.getKey() + ": " + described(service.getValue()))
                    .collect(Collectors.joining("; "));
            boolean lasts = refused.values().stream().allMatch(no -> LASTING.contains(no.kind()));
            return lasts ? Reconciled.failed(observed, why) : Reconciled.progressing(observed, why);
        }
        List<String> moving = Stream.concat(
                        present.values().stream()
                                .filter(PoolController::isMoving)
                                .map(graph -> graph.graph().id().name()),
                        unnamed.stream())
                .toList();
        return moving.isEmpty()
                ? Reconciled.ready(observed)
                : Reconciled.progressing(observed, "services that are not settled: " + String.join(", ", moving));
    }

    private static boolean isMoving(GraphView graph) {
        return !SETTLED.contains(graph.phase());
    }

    private static JsonObject observed(GraphView graph) {
        return JsonObject.EMPTY
                .with("phase", new JsonString(graph.phase().name()))
                .with(
                        "ready",
                        JsonNumber.of(graph.services().stream()
                                .mapToInt(ServiceView::readyReplicas)
                                .sum()));
    }

    /** Servers open and close by the clock. */
    private static Duration nextLook(
            ContainersFile file,
            Map<String, GraphView> present,
            Map<String, SmoException> refused,
            List<String> unnamed,
            Instant now) {
        boolean settled = refused.isEmpty()
                && unnamed.isEmpty()
                && present.values().stream().noneMatch(PoolController::isMoving);
        Duration usual = settled ? USUAL : SOON;
        return file.servers().stream()
                .flatMap(server -> server.hours().nextChange(now).stream())
                .map(change -> Duration.between(now, change))
                .filter(wait -> wait.compareTo(usual) < 0)
                .min(Duration::compareTo)
                .map(wait -> wait.plusMillis(10))
                .orElse(usual);
    }

    private static String described(SmoException no) {
        List<Violation> violations = no.violations();
        return violations.isEmpty()
                ? no.getMessage()
                : violations.stream()
                        .map(violation -> "%s: %s".formatted(violation.pointer(), violation.message()))
                        .collect(Collectors.joining("; "));
    }
}
