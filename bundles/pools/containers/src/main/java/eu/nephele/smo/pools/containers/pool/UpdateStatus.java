// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.WorkloadContainer;
import eu.nephele.smo.api.port.WorkloadContainer.ContainerHealth;
import eu.nephele.smo.pools.containers.pool.PoolGraphs.PoolGraph;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How far the update of a service is, in the words of the pool's status and of the interface. */
final class UpdateStatus {

    static final String PHASE = "phase";
    static final String MESSAGE = "message";

    private static final Set<GraphPhase> SETTLED =
            EnumSet.of(GraphPhase.RUNNING, GraphPhase.WAITING, GraphPhase.STOPPED);

    /** The second in which a container was named, by the clock of this server. */
    private static final Pattern NAMED = Pattern.compile(".*-(?<epoch>[0-9]{9,11})-[0-9a-f]{8}");

    private UpdateStatus() {}

    /** Where an update is. */
    enum UpdatePhase {
        RUNNING,
        DONE,
        /** what ran before runs, or will: the new image could not be had, or did not get well */
        FAILED,
        /** what ran before runs, or will, since somebody wanted it */
        ABORTED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param last what was told before: what kept an update is told after it failed, too */
    static JsonObject seen(
            ServiceUpdate update, PoolGraph graph, List<WorkloadContainer> containers, Optional<JsonObject> last) {
        UpdatePhase phase = isOver(update, last) ? UpdatePhase.DONE : phase(update, graph);
        return told(update, phase, message(update, phase, graph.view(), last), ready(update, containers), total(graph));
    }

    /** What happens to the service later is not part of an update that was done. */
    private static boolean isOver(ServiceUpdate update, Optional<JsonObject> last) {
        return update.abortedAt().isEmpty()
                && last.filter(told -> isOf(update, told) && isIn(UpdatePhase.DONE, told))
                        .isPresent();
    }

    /** Whether this was told of that very update. */
    static boolean isOf(ServiceUpdate update, JsonObject told) {
        return told.get(ServiceUpdate.AT)
                .flatMap(JsonValue::asString)
                .filter(update.at().toString()::equals)
                .isPresent();
    }

    static boolean isIn(UpdatePhase phase, JsonObject told) {
        return told.get(PHASE)
                .flatMap(JsonValue::asString)
                .filter(phase.word()::equals)
                .isPresent();
    }

    /** Nobody has looked at it yet. */
    static JsonObject begun(ServiceUpdate update, List<WorkloadContainer> containers) {
        UpdatePhase phase = update.abortedAt().isPresent() ? UpdatePhase.ABORTED : UpdatePhase.RUNNING;
        int running = (int) containers.stream().filter(UpdateStatus::runs).count();
        return told(update, phase, "it begins", ready(update, containers), running);
    }

    private static JsonObject told(ServiceUpdate update, UpdatePhase phase, String message, int ready, int total) {
        return JsonObject.EMPTY
                .with(PHASE, new JsonString(phase.word()))
                .with("image", new JsonString(update.image()))
                .with("from", new JsonString(update.from()))
                .with(ServiceUpdate.AT, new JsonString(update.at().toString()))
                .with("ready", JsonNumber.of(ready))
                .with("total", JsonNumber.of(total))
                .with(MESSAGE, new JsonString(message));
    }

    private static UpdatePhase phase(ServiceUpdate update, PoolGraph graph) {
        if (update.abortedAt().isPresent()) {
            return UpdatePhase.ABORTED;
        }
        if (!graph.isAsFiled() || graph.view().phase() == GraphPhase.FAILED) {
            return UpdatePhase.FAILED;
        }
        return SETTLED.contains(graph.view().phase()) ? UpdatePhase.DONE : UpdatePhase.RUNNING;
    }

    private static String message(ServiceUpdate update, UpdatePhase phase, GraphView graph, Optional<JsonObject> last) {
        String now = graph.services().stream()
                .map(ServiceView::message)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        boolean settled = SETTLED.contains(graph.phase());
        return switch (phase) {
            case DONE -> "";
            case RUNNING -> now;
            case ABORTED ->
                settled ? "%s runs again".formatted(update.from()) : "it goes back to %s".formatted(update.from());
            case FAILED -> {
                String why = last.flatMap(told -> told.get(MESSAGE))
                        .flatMap(JsonValue::asString)
                        .filter(text -> !text.isEmpty())
                        .orElse(now);
                String back = "; it went back to what ran before";
                yield why.contains(back) ? why : (why.isEmpty() ? "it did not get ready" : why) + back;
            }
        };
    }

    private static int ready(ServiceUpdate update, List<WorkloadContainer> containers) {
        return (int) containers.stream()
                .filter(UpdateStatus::runs)
                .filter(container -> container.health() == ContainerHealth.HEALTHY)
                .filter(container -> update.isGoal(named(container)))
                .count();
    }

    private static boolean runs(WorkloadContainer container) {
        return container.state().equals("running");
    }

    private static Instant named(WorkloadContainer container) {
        Matcher name = NAMED.matcher(container.name());
        return name.matches() ? Instant.ofEpochSecond(Long.parseLong(name.group("epoch"))) : container.createdAt();
    }

    private static int total(PoolGraph graph) {
        return graph.view().services().stream()
                .flatMap(service -> service.shares().stream())
                .mapToInt(Share::replicas)
                .sum();
    }
}
