// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import eu.nephele.smo.core.contract.trace.OperationTrace;
import eu.nephele.smo.core.contract.trace.TraceContext;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Creates events from the changes between two observations of a graph. */
public final class GraphEventFactory {

    private static final Set<GraphPhase> WELL = EnumSet.of(GraphPhase.RUNNING, GraphPhase.WAITING);

    private final Clock clock;

    /** The last of some operations: events refer to that one. */
    public static Optional<Operation> latest(List<Operation> due) {
        return due.isEmpty() ? Optional.empty() : Optional.of(due.get(due.size() - 1));
    }

    public GraphEventFactory(Clock clock) {
        this.clock = clock;
    }

    public EventDraft create(
            String type,
            GraphId graph,
            Optional<String> service,
            long generation,
            Optional<Operation> cause,
            JsonObject data) {
        return new EventDraft(
                type,
                clock.instant(),
                Optional.of(ResourceRef.of(graph)),
                service,
                generation,
                cause.map(Operation::id),
                cause.map(operation -> operation.origin().correlationId()).orElse(""),
                cause.flatMap(OperationTrace::context)
                        .map(TraceContext::traceParent)
                        .orElse(""),
                data);
    }

    public EventDraft create(String type, GraphRecord record, Optional<Operation> cause, Map<String, String> data) {
        JsonFieldWriter members = new JsonFieldWriter();
        data.forEach((name, text) -> members.put(name, toJson(text)));
        return create(type, record.id(), Optional.empty(), record.desired().generation(), cause, members.object());
    }

    /** Bounds a text that is composed of texts of any number of outside systems. */
    private static JsonString toJson(String text) {
        return new JsonString(AnswerLimits.cut(text, AnswerLimits.TOLD_CHARACTERS));
    }

    public EventDraft create(String type, ClusterId cluster, Optional<Operation> cause, Map<String, String> data) {
        JsonFieldWriter members = new JsonFieldWriter();
        members.put("cluster", cluster.name());
        members.put("source", cluster.source());
        data.forEach((name, text) -> members.put(name, toJson(text)));
        return new EventDraft(
                type,
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                0,
                cause.map(Operation::id),
                cause.map(operation -> operation.origin().correlationId()).orElse(""),
                cause.flatMap(OperationTrace::context)
                        .map(TraceContext::traceParent)
                        .orElse(""),
                members.object());
    }

    /**
     * @param record the graph as it was observed before
     * @param ended operations that end with this observation
     * @param cause the operation that is open, if one is
     */
    public List<EventDraft> between(
            GraphRecord record, ObservedGraph now, List<Operation> ended, Optional<Operation> cause) {
        List<EventDraft> events = new ArrayList<>();
        now.services().forEach((service, seen) -> service(record, service, seen, cause)
                .ifPresent(events::add));
        ObservedGraph before = record.observed();
        if (before.drift().isEmpty() && !now.drift().isEmpty()) {
            events.add(create("hdag.drifted", record, cause, Map.of("message", drift(now))));
        }
        if (unscalable(before).isEmpty()) {
            unscalable(now)
                    .map(message -> create("scaling.infeasible", record, Optional.empty(), Map.of("message", message)))
                    .ifPresent(events::add);
        }
        phase(record, now, cause).ifPresent(events::add);
        ended.stream()
                .filter(operation -> operation.state() == Operation.State.SUCCEEDED)
                .flatMap(operation -> completed(operation).stream()
                        .map(type -> create(type, record, Optional.of(operation), Map.of("phase", word(now.phase())))))
                .forEach(events::add);
        return events;
    }

    public List<EventDraft> removed(GraphRecord record, Collection<String> services, Optional<Operation> cause) {
        return services.stream()
                .map(service -> create(
                        "service.removed",
                        record.id(),
                        Optional.of(service),
                        record.desired().generation(),
                        cause,
                        JsonObject.EMPTY))
                .toList();
    }

    private static Optional<String> completed(Operation operation) {
        return switch (operation.kind()) {
            case DEPLOY -> Optional.of("hdag.deployed");
            case UPDATE -> Optional.of("hdag.updated");
            case ROLLBACK -> Optional.of("hdag.rolled_back");
            case START -> Optional.of("hdag.started");
            case PLACE -> Optional.of("hdag.placed");
            case STOP,
                    REMOVE,
                    FORCE_REMOVE,
                    REPAIR,
                    DRAIN,
                    INSTALL_PLUGIN,
                    UPGRADE_PLUGIN,
                    REMOVE_PLUGIN,
                    APPLY,
                    DELETE -> Optional.empty();
        };
    }

    private Optional<EventDraft> phase(GraphRecord record, ObservedGraph now, Optional<Operation> cause) {
        GraphPhase from = record.observed().phase();
        GraphPhase to = now.phase();
        if (from == to) {
            return Optional.empty();
        }
        String message = now.conditions().stream()
                .filter(condition -> condition.type().equals(Condition.READY))
                .map(Condition::message)
                .findFirst()
                .orElse("");
        Optional<String> type =
                switch (to) {
                    case DEGRADED -> Optional.of("hdag.degraded");
                    case FAILED -> Optional.of("hdag.failed");
                    case STOPPED -> Optional.of("hdag.stopped");
                    case RUNNING, WAITING ->
                        (from == GraphPhase.DEGRADED || from == GraphPhase.FAILED)
                                        && record.observed().convergedGeneration()
                                                == record.desired().generation()
                                ? Optional.of("hdag.recovered")
                                : Optional.empty();
                    default -> Optional.empty();
                };
        return type.map(name ->
                create(name, record, cause, Map.of("phase", word(to), "formerPhase", word(from), "message", message)));
    }

    private Optional<EventDraft> service(
            GraphRecord record, String service, ObservedService now, Optional<Operation> cause) {
        ObservedService before = record.observed().services().getOrDefault(service, ObservedService.NOTHING);
        Optional<String> type = type(before, now);
        return type.map(name -> {
            Map<String, JsonValue> data = new LinkedHashMap<>();
            data.put("from", shares(before.settled()));
            data.put("to", shares(now.settled()));
            data.put("message", new JsonString(now.message()));
            return create(
                    name,
                    record.id(),
                    Optional.of(service),
                    record.desired().generation(),
                    cause,
                    new JsonObject(data));
        });
    }

    private static Optional<String> type(ObservedService before, ObservedService now) {
        if (now.state() == ServiceState.DEPLOYED && !now.settled().equals(before.settled())) {
            if (before.settled().isEmpty()) {
                return Optional.of("service.deployed");
            }
            boolean sameClusters = clusters(before.settled()).equals(clusters(now.settled()));
            return Optional.of(sameClusters ? "service.scaled" : "service.moved");
        }
        if (now.state() == ServiceState.DEPLOYED
                && before.state() != ServiceState.DEPLOYED
                && now.settled().isEmpty()) {
            return Optional.of("service.deployed");
        }
        if (before.state() == ServiceState.DEPLOYED && now.state() == ServiceState.DEGRADED) {
            return Optional.of("service.degraded");
        }
        return isThere(before) && now.state() == ServiceState.NOT_DEPLOYED
                ? Optional.of("service.removed")
                : Optional.empty();
    }

    public static boolean isThere(ObservedService service) {
        return service.state() != ServiceState.NOT_DEPLOYED && service.state() != ServiceState.PENDING;
    }

    private static List<ClusterId> clusters(List<Share> shares) {
        return shares.stream().map(Share::cluster).toList();
    }

    /** {@code [{"cluster": "c1", "replicas": 2}]} */
    public static JsonArray shares(List<Share> shares) {
        List<JsonValue> items = new ArrayList<>();
        for (Share share : shares) {
            JsonFieldWriter item = new JsonFieldWriter();
            item.put("cluster", share.cluster().name());
            item.put("replicas", new JsonNumber(BigDecimal.valueOf(share.replicas())));
            items.add(item.object());
        }
        return new JsonArray(items);
    }

    private static String drift(ObservedGraph now) {
        return now.drift().stream()
                .map(drift -> "%s: %s is %s, expected %s"
                        .formatted(drift.service(), drift.field(), drift.actual(), drift.expected()))
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
    }

    private static Optional<String> unscalable(ObservedGraph seen) {
        return seen.conditions().stream()
                .filter(condition ->
                        condition.type().equals(Condition.SCALED) && condition.status() == Condition.Status.FALSE)
                .map(Condition::message)
                .findFirst();
    }

    private static String word(GraphPhase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    public static boolean well(GraphPhase phase) {
        return WELL.contains(phase);
    }
}
