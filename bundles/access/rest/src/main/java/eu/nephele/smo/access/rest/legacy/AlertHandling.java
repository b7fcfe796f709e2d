// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.model.Trigger.EventRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs what firing alerts wait for. Doing it again changes nothing, and Alertmanager does it again every minute. A service
 * that waits for all of its events is installed when one notification has all of them firing.
 */
final class AlertHandling {

    private static final Logger log = LoggerFactory.getLogger(AlertHandling.class);

    private final GraphService graphs;

    AlertHandling(GraphService graphs) {
        this.graphs = graphs;
    }

    /** What became of an alert. */
    enum Outcome {
        INSTALLED,
        IGNORED,
        AMBIGUOUS,
        FAILED
    }

    /**
     * @param graph the graph that it concerns
     * @param message why, for people
     */
    record Result(Alert alert, Outcome outcome, Optional<GraphId> graph, String message) {}

    /** @throws SmoException a part of this system is not there: the whole notification should come again */
    List<Result> handle(List<Alert> alerts) {
        List<Result> results =
                alerts.stream().map(alert -> handle(alert, alerts)).toList();
        results.forEach(result -> log.info(
                "Alert for service {} of {}: {}",
                result.alert().service().orElse("-"),
                result.graph().map(GraphId::toString).orElse("-"),
                result.outcome()));
        return results;
    }

    private Result handle(Alert alert, List<Alert> all) {
        Optional<String> service = alert.service();
        if (!alert.firing()) {
            return ignored(alert, "it does not fire");
        }
        if (service.isEmpty()) {
            return ignored(alert, "it has no label service");
        }
        List<GraphView> candidates = candidates(alert, service.get());
        if (candidates.isEmpty()) {
            return ignored(alert, "no running graph has a conditional service %s".formatted(service.get()));
        }
        if (candidates.size() > 1) {
            String names = candidates.stream()
                    .map(view -> view.graph().id().toString())
                    .collect(Collectors.joining(", "));
            return new Result(
                    alert,
                    Outcome.AMBIGUOUS,
                    Optional.empty(),
                    "service %s is in %s: none is installed; label the rule with smo_project"
                            .formatted(service.get(), names));
        }
        return activate(alert, candidates.get(0), service.get(), all);
    }

    private List<GraphView> candidates(Alert alert, String service) {
        return graphs.list().stream()
                .filter(view -> view.desired() == DesiredState.RUNNING)
                .filter(view ->
                        alert.project().map(view.graph().id().project()::equals).orElse(true))
                .filter(view ->
                        alert.graph().map(view.graph().id().name()::equals).orElse(true))
                .filter(view -> trigger(view, service).isPresent())
                .toList();
    }

    private Result activate(Alert alert, GraphView view, String service, List<Alert> all) {
        GraphId graph = view.graph().id();
        Set<String> missing = missing(view, service, all);
        if (!missing.isEmpty()) {
            return new Result(
                    alert,
                    Outcome.IGNORED,
                    Optional.of(graph),
                    "%s waits for these events, too: %s".formatted(service, missing));
        }
        try {
            boolean installed = graphs.activate(graph, Set.of(service)).contains(service);
            return new Result(
                    alert,
                    installed ? Outcome.INSTALLED : Outcome.IGNORED,
                    Optional.of(graph),
                    installed ? "%s is being installed".formatted(service) : "%s is not waiting".formatted(service));
        } catch (SmoException refused) {
            // The state of one graph does not keep the other alerts from being handled; a missing part of the system
            // does.
            if (refused.kind() == SmoException.Kind.CONFLICT || refused.kind() == SmoException.Kind.NOT_FOUND) {
                return new Result(
                        alert,
                        Outcome.FAILED,
                        Optional.of(graph),
                        Optional.ofNullable(refused.getMessage()).orElse(""));
            }
            throw refused;
        }
    }

    /** Events that the service waits for beside those of the notification. */
    private static Set<String> missing(GraphView view, String service, List<Alert> all) {
        return trigger(view, service)
                .filter(trigger -> trigger.condition() == Trigger.Condition.ALL)
                .<Set<String>>map(trigger -> {
                    Set<String> events =
                            trigger.events().stream().map(EventRule::id).collect(Collectors.toCollection(TreeSet::new));
                    all.stream()
                            .filter(alert -> alert.firing() && alert.service().equals(Optional.of(service)))
                            .filter(alert ->
                                    candidateMatches(alert, view.graph().id()))
                            .forEach(alert -> events.remove(alert.event()));
                    return events;
                })
                .orElse(Set.of());
    }

    private static boolean candidateMatches(Alert alert, GraphId graph) {
        return alert.project().map(graph.project()::equals).orElse(true)
                && alert.graph().map(graph.name()::equals).orElse(true);
    }

    private static Optional<Trigger.OnEvent> trigger(GraphView view, String service) {
        return view.service(service)
                .map(ServiceView::spec)
                .map(spec -> spec.trigger())
                .filter(Trigger.OnEvent.class::isInstance)
                .map(Trigger.OnEvent.class::cast);
    }

    private static Result ignored(Alert alert, String why) {
        return new Result(alert, Outcome.IGNORED, Optional.empty(), why);
    }
}
