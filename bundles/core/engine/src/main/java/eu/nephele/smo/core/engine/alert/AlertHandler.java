// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.alert;

import static eu.nephele.smo.api.graph.AlertService.EVENT_LABEL;
import static eu.nephele.smo.api.graph.AlertService.GRAPH_LABEL;
import static eu.nephele.smo.api.graph.AlertService.PROJECT_LABEL;
import static eu.nephele.smo.api.graph.AlertService.SERVICE_LABEL;

import eu.nephele.smo.api.graph.AlertService.Alert;
import eu.nephele.smo.api.graph.AlertService.Outcome;
import eu.nephele.smo.api.graph.AlertService.Result;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.AlertStore;
import eu.nephele.smo.core.contract.store.AlertStore.AlertState;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.engine.graph.DesiredGraphFactory;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs services that wait for firing alerts, and has replicas of those that may rest decided at once. The firing events are stored
 * first; then each waiting service is judged by the store, so that a repeated alert completes work that a crash interrupted, and changes
 * nothing otherwise.
 */
public final class AlertHandler {

    private static final Logger LOG = LoggerFactory.getLogger(AlertHandler.class);
    private static final int ATTEMPTS = 10;
    /** Alerts that the conditional services of a graph wait for: not the graph, whose size its author decides. */
    private record KnownAlert(GraphId graph, Map<String, Trigger.OnEvent> triggers) {
        static KnownAlert of(GraphId id, Graph graph) {
            Map<String, Trigger.OnEvent> triggers = new HashMap<>();
            graph.services().forEach(service -> {
                if (service.trigger() instanceof Trigger.OnEvent onEvent) {
                    triggers.put(service.id(), onEvent);
                }
            });
            return new KnownAlert(id, triggers);
        }

        Optional<Trigger.OnEvent> trigger(String service) {
            return Optional.ofNullable(triggers.get(service));
        }
    }

    private record AlertKey(GraphId graph, String service, String event, String fingerprint) {}

    private final AlertStore alerts;
    private final GraphRepository graphs;
    private final DesiredGraphFactory desiredGraphFactory;
    private final Consumer<GraphId> wake;
    private final BiPredicate<GraphId, String> hasten;
    private final Clock clock;

    /** @param hasten has replicas of a graph decided at once if the service may rest without any; returns whether it may */
    public AlertHandler(
            AlertStore alerts,
            GraphRepository graphs,
            DesiredGraphFactory desiredGraphFactory,
            Consumer<GraphId> wake,
            BiPredicate<GraphId, String> hasten,
            Clock clock) {
        this.alerts = alerts;
        this.graphs = graphs;
        this.desiredGraphFactory = desiredGraphFactory;
        this.wake = wake;
        this.hasten = hasten;
        this.clock = clock;
    }

    /** @param concerns whether alerts of the caller may be about a graph: others are neither changed nor named */
    List<Result> receive(List<Alert> received, Predicate<GraphId> concerns, RequestOrigin origin) {
        if (received.stream().noneMatch(alert -> alert.labels().containsKey(SERVICE_LABEL))) {
            return received.stream()
                    .map(alert -> unknown("it has no label " + SERVICE_LABEL))
                    .toList();
        }
        Set<GraphId> concerned = concerned(received, concerns);
        Map<String, List<KnownAlert>> waiting = conditionalServices(concerned);
        Map<Integer, AlertKey> keys = new TreeMap<>();
        Map<Integer, Result> results = new TreeMap<>();
        for (int i = 0; i < received.size(); i++) {
            locate(received.get(i), waiting, i, keys, results);
        }
        Set<Integer> changed = acknowledge(received, keys, origin);
        Map<WorkloadRef, Result> judged = judge(keys.values(), waiting);
        keys.forEach((i, key) -> results.put(
                i,
                result(
                        received.get(i),
                        key,
                        changed.contains(i),
                        judged.getOrDefault(
                                new WorkloadRef(key.graph(), key.service()), unknown("its graph is gone")))));
        lookAtResting(received, concerned, results);
        return List.copyOf(results.values());
    }

    /** Something happens to a service that may rest without replicas: what wakes it is read now, and not an interval later. */
    private void lookAtResting(List<Alert> received, Set<GraphId> concerned, Map<Integer, Result> results) {
        for (int i = 0; i < received.size(); i++) {
            Alert alert = received.get(i);
            String service = alert.labels().getOrDefault(SERVICE_LABEL, "");
            if (!alert.firing() || service.isEmpty()) {
                continue;
            }
            List<GraphId> looked = concerned.stream()
                    .filter(graph -> matches(alert, PROJECT_LABEL, graph.project()))
                    .filter(graph -> matches(alert, GRAPH_LABEL, graph.name()))
                    .filter(graph -> hasten.test(graph, service))
                    .toList();
            if (!looked.isEmpty()) {
                results.computeIfPresent(
                        i,
                        (position, result) -> result.outcome() == Outcome.UNKNOWN ? looked(service, looked) : result);
            }
        }
    }

    private static Result looked(String service, List<GraphId> graphs) {
        return new Result(
                Outcome.NOTED,
                graphs.size() == 1 ? Optional.of(graphs.get(0)) : Optional.empty(),
                Optional.of(service),
                "replicas of %s are decided now".formatted(service));
    }

    /** Graphs of the alerts: those in their labels, and for alerts without a graph all that have such a service. */
    private Set<GraphId> concerned(List<Alert> received, Predicate<GraphId> concerns) {
        Set<GraphId> concerned = new TreeSet<>();
        Set<String> anywhere = new HashSet<>();
        for (Alert alert : received) {
            String project = alert.labels().getOrDefault(PROJECT_LABEL, "");
            String name = alert.labels().getOrDefault(GRAPH_LABEL, "");
            if (project.isEmpty() || name.isEmpty()) {
                anywhere.add(alert.labels().getOrDefault(SERVICE_LABEL, ""));
            } else {
                concerned.add(new GraphId(project, name));
            }
        }
        if (!anywhere.isEmpty()) {
            concerned.addAll(graphs.holders(anywhere));
        }
        concerned.removeIf(concerns.negate());
        return concerned;
    }

    /** Running graphs by the ids of their conditional services; descriptors are read one after the other. */
    private Map<String, List<KnownAlert>> conditionalServices(Set<GraphId> concerned) {
        Map<String, List<KnownAlert>> known = new HashMap<>();
        for (GraphId id : concerned) {
            graphs.find(id)
                    .map(GraphRecord::desired)
                    .filter(desired -> desired.state() == DesiredState.RUNNING)
                    .map(desired -> KnownAlert.of(id, graphs.read(desired)))
                    .ifPresent(graph -> graph.triggers().keySet().forEach(service -> known.computeIfAbsent(
                                    service, any -> new ArrayList<>())
                            .add(graph)));
        }
        return known;
    }

    private static void locate(
            Alert alert,
            Map<String, List<KnownAlert>> waiting,
            int index,
            Map<Integer, AlertKey> keys,
            Map<Integer, Result> results) {
        String service = alert.labels().getOrDefault(SERVICE_LABEL, "");
        if (service.isEmpty()) {
            results.put(index, unknown("it has no label " + SERVICE_LABEL));
            return;
        }
        List<KnownAlert> candidates = waiting.getOrDefault(service, List.of()).stream()
                .filter(known -> matches(alert, PROJECT_LABEL, known.graph().project()))
                .filter(known -> matches(alert, GRAPH_LABEL, known.graph().name()))
                .toList();
        if (candidates.size() > 1) {
            String names =
                    candidates.stream().map(known -> known.graph().toString()).collect(Collectors.joining(", "));
            results.put(
                    index,
                    new Result(
                            Outcome.AMBIGUOUS,
                            Optional.empty(),
                            Optional.of(service),
                            "service %s is in %s: none is installed; label the rule with %s"
                                    .formatted(service, names, PROJECT_LABEL)));
            return;
        }
        String event = event(alert);
        Optional<KnownAlert> found = candidates.stream()
                .filter(known -> known.trigger(service).stream().anyMatch(trigger -> trigger.events().stream()
                        .anyMatch(rule -> rule.id().equals(event))))
                .findFirst();
        if (found.isEmpty()) {
            results.put(
                    index,
                    unknown(
                            candidates.isEmpty()
                                    ? "no running graph has a conditional service %s".formatted(service)
                                    : "service %s waits for no event %s".formatted(service, event)));
            return;
        }
        String fingerprint =
                alert.fingerprint().isEmpty() ? new TreeMap<>(alert.labels()).toString() : alert.fingerprint();
        keys.put(index, new AlertKey(found.get().graph(), service, event, fingerprint));
    }

    private static boolean matches(Alert alert, String label, String value) {
        String wanted = alert.labels().getOrDefault(label, "");
        return wanted.isEmpty() || wanted.equals(value);
    }

    /** Names of our rules end with the id of the event; those of the reference are that id. */
    private static String event(Alert alert) {
        String label = alert.labels().getOrDefault(EVENT_LABEL, "");
        String name = alert.labels().getOrDefault("alertname", "");
        return label.isEmpty() ? name.substring(name.lastIndexOf('/') + 1) : label;
    }

    /**
     * Stores the changes: the alerts, by position, that changed something. Notifications are processed one after the
     * other: the same alert in two of them at once counts once.
     */
    private synchronized Set<Integer> acknowledge(
            List<Alert> received, Map<Integer, AlertKey> keys, RequestOrigin origin) {
        Set<Integer> news = new HashSet<>();
        if (keys.isEmpty()) {
            return news;
        }
        Map<AlertKey, AlertState> known = new HashMap<>();
        alerts.states(keys.values().stream().map(AlertKey::graph).collect(Collectors.toCollection(TreeSet::new)))
                .forEach(state -> known.put(key(state), state));
        Map<AlertKey, AlertState> changes = new LinkedHashMap<>();
        List<EventDraft> events = new ArrayList<>();
        keys.forEach((i, key) -> {
            boolean firing = received.get(i).firing();
            boolean fired =
                    Optional.ofNullable(known.get(key)).map(AlertState::firing).orElse(false);
            if (firing != fired) {
                AlertState state = new AlertState(
                        key.graph(), key.service(), key.event(), key.fingerprint(), firing, clock.instant());
                known.put(key, state);
                changes.put(key, state);
                events.add(event(received.get(i), key, origin));
                news.add(i);
            }
        });
        if (!changes.isEmpty()) {
            alerts.save(changes.values(), events);
        }
        return news;
    }

    private static AlertKey key(AlertState state) {
        return new AlertKey(state.graph(), state.service(), state.event(), state.fingerprint());
    }

    private EventDraft event(Alert alert, AlertKey key, RequestOrigin origin) {
        JsonFieldWriter data = new JsonFieldWriter();
        data.put("event", key.event());
        data.put("status", alert.firing() ? "firing" : "resolved");
        data.put("fingerprint", key.fingerprint());
        return new EventDraft(
                "alert.received",
                clock.instant(),
                Optional.of(ResourceRef.of(key.graph())),
                Optional.of(key.service()),
                0,
                Optional.empty(),
                origin.correlationId(),
                origin.traceParent(),
                data.object());
    }

    private Map<WorkloadRef, Result> judge(Collection<AlertKey> keys, Map<String, List<KnownAlert>> waiting) {
        Map<WorkloadRef, Result> judged = new HashMap<>();
        Map<GraphId, Set<String>> concerned = new TreeMap<>();
        keys.forEach(key ->
                concerned.computeIfAbsent(key.graph(), any -> new TreeSet<>()).add(key.service()));
        Map<GraphId, KnownAlert> known = new HashMap<>();
        waiting.values().forEach(list -> list.forEach(graph -> known.put(graph.graph(), graph)));
        Map<WorkloadRef, Set<String>> firing = firing(concerned.keySet());
        known.forEach((graph, one) -> {
            Set<String> due = new TreeSet<>();
            for (String service : concerned.getOrDefault(graph, Set.of())) {
                WorkloadRef ref = new WorkloadRef(graph, service);
                Set<String> missing = missing(one, service, firing.getOrDefault(ref, Set.of()));
                if (missing.isEmpty()) {
                    due.add(service);
                } else {
                    judged.put(
                            ref,
                            new Result(
                                    Outcome.NOTED,
                                    Optional.of(graph),
                                    Optional.of(service),
                                    "%s waits for %s".formatted(service, missing)));
                }
            }
            activate(graph, due).forEach(judged::put);
        });
        return judged;
    }

    private Map<WorkloadRef, Set<String>> firing(Collection<GraphId> concerned) {
        Map<WorkloadRef, Set<String>> firing = new HashMap<>();
        if (!concerned.isEmpty()) {
            alerts.states(concerned).stream().filter(AlertState::firing).forEach(state -> firing.computeIfAbsent(
                            new WorkloadRef(state.graph(), state.service()), any -> new HashSet<>())
                    .add(state.event()));
        }
        return firing;
    }

    /** Events that a service waits for; none when it may be installed. */
    private static Set<String> missing(KnownAlert known, String service, Set<String> firing) {
        Trigger.OnEvent trigger = known.trigger(service).orElseThrow();
        Set<String> all = trigger.events().stream().map(EventRule::id).collect(Collectors.toCollection(TreeSet::new));
        if (trigger.condition() == Trigger.Condition.ANY) {
            return all.stream().anyMatch(firing::contains) ? Set.of() : all;
        }
        all.removeAll(firing);
        return all;
    }

    private Map<WorkloadRef, Result> activate(GraphId graph, Set<String> due) {
        Map<WorkloadRef, Result> results = new HashMap<>();
        if (due.isEmpty()) {
            return results;
        }
        try {
            Set<String> fresh = activated(graph, due);
            due.forEach(service -> results.put(
                    new WorkloadRef(graph, service),
                    fresh.contains(service)
                            ? new Result(
                                    Outcome.INSTALLED,
                                    Optional.of(graph),
                                    Optional.of(service),
                                    "%s is being installed".formatted(service))
                            : new Result(
                                    Outcome.UNCHANGED,
                                    Optional.of(graph),
                                    Optional.of(service),
                                    "%s is not waiting".formatted(service))));
        } catch (SmoException e) {
            LOG.warn("activating services failed graph={} services={} reason=\"{}\"", graph, due, e.getMessage());
            due.forEach(service -> results.put(
                    new WorkloadRef(graph, service),
                    new Result(Outcome.FAILED, Optional.of(graph), Optional.of(service), e.getMessage())));
        }
        return results;
    }

    private Set<String> activated(GraphId graph, Set<String> due) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<GraphRecord> record = graphs.find(graph);
            if (record.isEmpty() || record.get().desired().state() != DesiredState.RUNNING) {
                return Set.of();
            }
            Desired desired = record.get().desired();
            Set<String> fresh = new TreeSet<>(due);
            fresh.removeAll(desired.activated());
            fresh.retainAll(desired.declaration().services());
            if (fresh.isEmpty()) {
                return Set.of();
            }
            Set<String> all = new HashSet<>(desired.activated());
            all.addAll(fresh);
            if (graphs.update(desiredGraphFactory.activated(desired, all), TransactionalWrites.NOTHING)) {
                LOG.info("services activated by their events graph={} services={}", graph, fresh);
                wake.accept(graph);
                return fresh;
            }
        }
        throw SmoException.conflict("Graph %s is being changed by others; send the alert again".formatted(graph));
    }

    private static Result result(Alert alert, AlertKey key, boolean news, Result judged) {
        if (alert.firing()) {
            boolean repeated = judged.outcome() == Outcome.NOTED && !news;
            return repeated
                    ? new Result(Outcome.UNCHANGED, judged.graph(), judged.service(), judged.message())
                    : judged;
        }
        return new Result(
                news ? Outcome.NOTED : Outcome.UNCHANGED,
                Optional.of(key.graph()),
                Optional.of(key.service()),
                "it does not fire");
    }

    private static Result unknown(String why) {
        return new Result(Outcome.UNKNOWN, Optional.empty(), Optional.empty(), why);
    }
}
