// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.pool.PoolGraphs.PoolGraph;
import eu.nephele.smo.pools.containers.pool.PoolGraphs.RequestedDescriptor;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a pass saw of a pool, as its resource shows it and as the next pass reads it. Of one thread. */
final class PoolStatus {

    private static final String PROJECT = "project";
    private static final String SERVICES = "services";
    private static final String PHASE = "phase";
    private static final String UPDATE = "update";
    private static final String ASKED = "asked";
    private static final String ASKED_AT = "askedAt";
    private static final String HELD = "held";

    private static final Set<GraphPhase> SETTLED =
            EnumSet.of(GraphPhase.RUNNING, GraphPhase.WAITING, GraphPhase.STOPPED, GraphPhase.FAILED);

    /** What only a person can change. */
    private static final Set<SmoException.Kind> LASTING = EnumSet.of(
            SmoException.Kind.INVALID,
            SmoException.Kind.CONFLICT,
            SmoException.Kind.TOO_LARGE,
            SmoException.Kind.OVER_QUOTA,
            SmoException.Kind.FORBIDDEN);

    private final Optional<String> project;
    private final Map<String, JsonObject> services = new LinkedHashMap<>();
    private final List<PoolGraph> present = new ArrayList<>();
    private final List<String> moving = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> passing = new ArrayList<>();
    /** Services whose number by hand is given back to their strategy soon. */
    private final List<String> releasing = new ArrayList<>();

    PoolStatus(String project) {
        this(Optional.of(project));
    }

    private PoolStatus(Optional<String> project) {
        this.project = project;
    }

    /** What the last pass saw; of a pool that is new, nothing. */
    static PoolStatus from(JsonObject observed) {
        PoolStatus last = new PoolStatus(observed.get(PROJECT).flatMap(JsonValue::asString));
        observed.get(SERVICES).flatMap(JsonValue::asObject).ifPresent(seen -> seen.members()
                .forEach((name, said) -> said.asObject().ifPresent(known -> last.services.put(name, known))));
        return last;
    }

    Optional<String> project() {
        return project;
    }

    Stream<String> names() {
        return services.keySet().stream();
    }

    Stream<PoolGraph> graphs() {
        return present.stream();
    }

    Optional<RequestedDescriptor> asked(String service) {
        Optional<JsonObject> seen = Optional.ofNullable(services.get(service));
        Optional<String> digest = seen.flatMap(said -> said.get(ASKED)).flatMap(JsonValue::asString);
        Optional<Instant> at = seen.flatMap(said -> said.get(ASKED_AT))
                .flatMap(JsonValue::asString)
                .flatMap(PoolStatus::time);
        return digest.flatMap(known -> at.map(then -> new RequestedDescriptor(known, then)));
    }

    /** Whether the core has been told this number. */
    boolean hasHeld(String service, ManualScale number) {
        return Optional.ofNullable(services.get(service))
                .flatMap(said -> said.get(HELD))
                .flatMap(JsonValue::asString)
                .filter(number.at().toString()::equals)
                .isPresent();
    }

    /** The core has been told a number, now or before. */
    void held(String service, ManualScale number) {
        services.computeIfPresent(
                service,
                (name, said) -> said.with(HELD, new JsonString(number.at().toString())));
    }

    /** The core has not taken a number, yet. */
    void notHeld(String service, SmoException no) {
        passing.add("%s is not scaled: %s".formatted(service, described(no)));
    }

    /** Something is to be looked at soon. */
    void unsettled(String service) {
        releasing.add(service);
    }

    private static Optional<Instant> time(String written) {
        try {
            return Optional.of(Instant.parse(written));
        } catch (DateTimeParseException unreadable) {
            // not written by this class: as if nothing had been asked
            return Optional.empty();
        }
    }

    /** What was told of the last update of a service. */
    Optional<JsonObject> update(String service) {
        return Optional.ofNullable(services.get(service))
                .flatMap(said -> said.get(UPDATE))
                .flatMap(JsonValue::asObject);
    }

    void updated(String service, JsonObject update) {
        services.computeIfPresent(service, (any, said) -> said.with(UPDATE, update));
    }

    void add(String service, PoolGraph graph) {
        present.add(graph);
        services.put(
                service,
                with(graph.asked())
                        .with(PHASE, new JsonString(graph.view().phase().name()))
                        .with(
                                "ready",
                                JsonNumber.of(graph.view().services().stream()
                                        .mapToInt(ServiceView::readyReplicas)
                                        .sum())));
        if (!graph.isAsFiled()) {
            wrong.add(
                    "%s is not as the file says: its last change was taken back, by the core after a failure or by a person; see the graph, then change the file or restart the service"
                            .formatted(service));
        } else if (graph.view().phase() == GraphPhase.FAILED) {
            wrong.add("%s has failed; see the graph".formatted(service));
        } else if (!SETTLED.contains(graph.view().phase())) {
            moving.add(service);
        }
    }

    private static JsonObject with(RequestedDescriptor asked) {
        return JsonObject.EMPTY
                .with(ASKED, new JsonString(asked.digest()))
                .with(ASKED_AT, new JsonString(asked.at().toString()));
    }

    void refused(String service, SmoException no, Optional<RequestedDescriptor> before) {
        services.put(service, before.map(PoolStatus::with).orElse(JsonObject.EMPTY));
        (LASTING.contains(no.kind()) ? wrong : passing).add("%s: %s".formatted(service, described(no)));
    }

    void removing(String service) {
        services.put(service, JsonObject.EMPTY.with(PHASE, new JsonString(GraphPhase.REMOVING.name())));
        moving.add(service);
    }

    void waiting(String server) {
        passing.add("server %s is not as the file says until nothing of the pool is on it any more".formatted(server));
    }

    /** Whether nothing has to be looked at soon. */
    boolean isSettled() {
        return moving.isEmpty() && passing.isEmpty() && wrong.isEmpty() && releasing.isEmpty();
    }

    Reconciled told(ContainersFile file) {
        Map<String, JsonValue> seen = new LinkedHashMap<>(services);
        JsonObject observed = JsonObject.EMPTY
                .with(PROJECT, new JsonString(project.orElse("")))
                .with(SERVICES, new JsonObject(seen))
                .with(
                        "servers",
                        JsonArray.ofStrings(
                                file.servers().stream().map(ServerEntry::name).toList()));
        if (!wrong.isEmpty()) {
            return Reconciled.failed(observed, String.join("; ", wrong));
        }
        if (!passing.isEmpty()) {
            return Reconciled.progressing(observed, String.join("; ", passing));
        }
        return moving.isEmpty()
                ? Reconciled.ready(observed)
                : Reconciled.progressing(observed, "services that are not settled: " + String.join(", ", moving));
    }

    /** A refusal in words, with the place of each mistake. */
    static String described(SmoException no) {
        List<Violation> violations = no.violations();
        return violations.isEmpty()
                ? no.getMessage()
                : violations.stream()
                        .map(violation -> "%s: %s".formatted(violation.pointer(), violation.message()))
                        .collect(Collectors.joining("; "));
    }
}
