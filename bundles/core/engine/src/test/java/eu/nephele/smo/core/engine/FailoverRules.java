// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.decision.Reservations;
import eu.nephele.smo.lab.simulator.WorldSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Invariants under any failure of clusters and any change of graphs, checked against the world itself and against the
 * stored decisions.
 */
final class FailoverRules {

    private static final Set<String> AUTOMATIC = Set.of("failover", "return", "scale", "drain");
    private static final Set<String> COUNTED = Set.of("failover", "return", "scale");
    private static final Set<String> SPARING = Set.of("failover", "return", "drain", "update");

    /** Longest time in which the engine may take note of something. */
    private static final Duration NOTICE = Duration.ofSeconds(1);

    private record Span(Instant from, Optional<Instant> to) {

        boolean covers(Instant at, Duration margin) {
            return !at.isBefore(from.minus(margin))
                    && to.map(end -> !at.isAfter(end.plus(margin))).orElse(true);
        }
    }

    /** The known facts of a graph, and its decisions on services. */
    private static final class Story {

        private final boolean returns;
        private final int mostMoves;
        private final Map<String, Set<String>> places = new TreeMap<>();
        private final Set<String> read = new HashSet<>();
        private final List<Span> paused = new ArrayList<>();
        private int moves;

        private Story(boolean returns, int mostMoves) {
            this.returns = returns;
            this.mostMoves = mostMoves;
        }
    }

    private final EmbeddedCore core;
    private final Map<GraphId, Story> stories = new HashMap<>();
    private final Map<ClusterId, List<Span>> away = new HashMap<>();
    private final Set<ClusterId> drained = new HashSet<>();
    private final Map<String, Integer> tally = new TreeMap<>();

    FailoverRules(EmbeddedCore core) {
        this.core = core;
    }

    /** @param mostMoves per hour; negative for no limit */
    void known(GraphId graph, boolean returns, int mostMoves) {
        stories.put(graph, new Story(returns, mostMoves));
    }

    void failed(ClusterId cluster) {
        begin(away.computeIfAbsent(cluster, any -> new ArrayList<>()));
    }

    void returned(ClusterId cluster) {
        end(away.get(cluster));
    }

    void drained(ClusterId cluster) {
        drained.add(cluster);
    }

    void paused(GraphId graph, boolean paused) {
        List<Span> spans = stories.get(graph).paused;
        if (paused) {
            begin(spans);
        } else {
            end(spans);
        }
    }

    private void begin(List<Span> spans) {
        spans.add(new Span(core.clock.instant(), Optional.empty()));
    }

    private void end(List<Span> spans) {
        Span last = spans.remove(spans.size() - 1);
        spans.add(new Span(last.from(), Optional.of(core.clock.instant())));
    }

    Map<String, Integer> tally() {
        return tally;
    }

    void neverExceedsACapacity() {
        assertThat(core.world.overbookedEver())
                .as("an order asked for more than there was")
                .isFalse();
        for (WorldSnapshot.Cluster cluster : core.world.snapshot().clusters()) {
            if (cluster.ready() && !cluster.requested().fitsInto(cluster.allocatable())) {
                throw new AssertionError("%s has %s, and is asked for %s"
                        .formatted(cluster.name(), cluster.allocatable(), cluster.requested()));
            }
        }
    }

    /** Reads the decisions that are new and compares what they say with what is in force. */
    void coveredByDecisions() {
        for (GraphRecord record : core.stores.graphs().list()) {
            Story story = stories.get(record.id());
            List<DecisionRecord> decisions = new ArrayList<>(core.decisions(record.id(), DecisionKind.PLACEMENT));
            assertThat(decisions).as("too many to be read at once").hasSizeLessThan(100);
            decisions.sort((one, other) -> one.id().compareTo(other.id()));
            decisions.stream()
                    .filter(decision -> decision.outcome().equals("placed") && story.read.add(decision.id()))
                    .forEach(decision -> follow(record.id(), story, decision));
            record.decided().ifPresent(decided -> assertThat(places(decided))
                    .as("places of %s by its decisions", record.id().name())
                    .allSatisfy((service, clusters) ->
                            assertThat(clusters).as(service).isEqualTo(story.places.get(service))));
        }
    }

    private void follow(GraphId graph, Story story, DecisionRecord decision) {
        String what = "%s of %s at %s".formatted(decision.reason(), graph.name(), decision.at());
        assertThat(decision.reason()).as(what).isNotBlank();
        tally.merge(decision.reason(), 1, Integer::sum);
        Map<String, Set<String>> next = places(decision);
        Set<String> moved = new TreeSet<>(next.keySet());
        moved.removeIf(service ->
                !story.places.containsKey(service) || story.places.get(service).equals(next.get(service)));
        tally.merge("moves", moved.size(), Integer::sum);
        if (AUTOMATIC.contains(decision.reason())) {
            assertThat(story.paused).as("%s while it is paused", what).noneMatch(span -> inside(span, decision.at()));
        }
        if (COUNTED.contains(decision.reason())) {
            story.moves += moved.size();
            assertThat(story.mostMoves < 0 || story.moves <= story.mostMoves)
                    .as("%s: %d moves, allowed are %d", what, story.moves, story.mostMoves)
                    .isTrue();
        }
        if (decision.reason().equals("return")) {
            assertThat(story.returns).as("%s although it shall stay", what).isTrue();
        }
        if (SPARING.contains(decision.reason()) && !mayAllMove(decision)) {
            spared(story, decision, moved, next, what);
        }
        story.places.putAll(next);
    }

    /** A service that is well where it is stays there, unless the decision says why it could not. */
    private void spared(
            Story story, DecisionRecord decision, Set<String> moved, Map<String, Set<String>> next, String what) {
        for (String service : moved) {
            boolean concerned = story.places.get(service).stream()
                    .map(ClusterId::parse)
                    .anyMatch(cluster -> drained.contains(cluster) || wasAway(cluster, decision.at()));
            boolean goesHome = decision.reason().equals("return");
            assertThat(concerned || goesHome)
                    .as(
                            "%s moves %s from healthy %s to %s",
                            what, service, story.places.get(service), next.get(service))
                    .isTrue();
        }
    }

    private boolean wasAway(ClusterId cluster, Instant at) {
        return away.getOrDefault(cluster, List.of()).stream().anyMatch(span -> span.covers(at, NOTICE));
    }

    /** Surely within: not at the edges, where it is a matter of who was first. */
    private static boolean inside(Span span, Instant at) {
        return at.isAfter(span.from()) && span.to().map(at::isBefore).orElse(true);
    }

    private static boolean mayAllMove(DecisionRecord decision) {
        return decision.details()
                .get("effective")
                .map(JsonValue::toJson)
                .orElse("")
                .contains("\"othersMayMove\"");
    }

    private static Map<String, Set<String>> places(DecisionRecord decision) {
        Map<String, Set<String>> places = new TreeMap<>();
        JsonObject placement =
                decision.details().get("placement").flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
        placement.members().forEach((service, shares) -> {
            Set<String> clusters = new TreeSet<>();
            shares.asArray()
                    .orElseThrow()
                    .forEach(share -> clusters.add(share.asObject()
                            .flatMap(object -> object.get("cluster"))
                            .flatMap(JsonValue::asString)
                            .orElseThrow()));
            places.put(service, clusters);
        });
        return places;
    }

    private static Map<String, Set<String>> places(DecidedGraph decided) {
        Map<String, Set<String>> places = new TreeMap<>();
        decided.placement().shares().forEach((service, shares) -> {
            Set<String> clusters = new TreeSet<>();
            shares.forEach(share -> clusters.add(share.cluster().toString()));
            places.put(service, clusters);
        });
        return places;
    }

    /** The reason why not everything is at rest; "" when it is. */
    String unsettled() {
        for (GraphRecord record : core.stores.graphs().list()) {
            String name = record.id().name();
            boolean waits = waitsForRoom(record);
            GraphPhase phase = record.observed().phase();
            boolean quiet =
                    switch (phase) {
                        case RUNNING, WAITING -> record.desired().state() == DesiredState.RUNNING;
                        case STOPPED -> record.desired().state() == DesiredState.STOPPED;
                        default -> waits;
                    };
            if (!quiet) {
                return "%s is %s: %s".formatted(name, phase, record.observed().conditions());
            }
            boolean runs = record.desired().state() == DesiredState.RUNNING;
            if (runs && record.decided().map(DecidedGraph::inTransit).orElse(false)) {
                return "%s is in transit: %s".formatted(name, record.decided());
            }
            if (!waits && !record.desired().retiring().isEmpty()) {
                return "%s has services left over: %s"
                        .formatted(name, record.desired().retiring());
            }
            Optional<Operation> open = core
                    .doors()
                    .operations()
                    .list(Optional.of(ResourceRef.of(record.id())), Optional.empty(), true, 10, CallContext.INTERNAL)
                    .stream()
                    .findFirst();
            if (open.isPresent() && !waits) {
                return "%s has an open operation: %s".formatted(name, open.get());
            }
        }
        List<Operation> open =
                core.doors().operations().list(Optional.empty(), Optional.empty(), true, 100, CallContext.INTERNAL);
        return open.stream()
                .filter(operation -> operation.cluster().isPresent())
                .findFirst()
                .map(Operation::toString)
                .orElse("");
    }

    private static boolean waitsForRoom(GraphRecord record) {
        return record.observed().conditions().stream()
                .anyMatch(condition -> condition.type().equals(Condition.PLACED)
                        && condition.status() == Condition.Status.FALSE
                        && condition.reason().equals("Infeasible")
                        && !condition.message().isBlank());
    }

    /** Reservations are the decisions of running graphs, and nothing else. */
    void reservedAsDecided() {
        Map<ClusterId, Resources> sum = new TreeMap<>();
        for (GraphRecord record : core.stores.graphs().list()) {
            Map<ClusterId, Resources> mine = nonZero(core.stores.capacity().reservedBy(record.id()));
            boolean inForce = record.desired().state() == DesiredState.RUNNING
                    && record.decided()
                            .map(decided ->
                                    decided.generation() == record.desired().generation())
                            .orElse(false);
            // a graph that started again and waits for capacity has released its former reservation
            if (inForce || !mine.isEmpty()) {
                assertThat(mine)
                        .as("reservations of %s", record.id().name())
                        .isEqualTo(nonZero(
                                record.decided().map(Reservations::compute).orElse(Map.of())));
            }
            mine.forEach((cluster, amount) -> sum.merge(cluster, amount, Resources::plus));
        }
        assertThat(nonZero(core.stores.capacity().reserved()))
                .as("sum of the reservations")
                .isEqualTo(nonZero(sum));
    }

    private static Map<ClusterId, Resources> nonZero(Map<ClusterId, Resources> amounts) {
        Map<ClusterId, Resources> rest = new TreeMap<>(amounts);
        rest.values().removeIf(Resources::isZero);
        return rest;
    }

    /** Once at rest, exactly what was decided runs, and nothing is reserved for anything else. */
    void worldAsDecided() {
        Map<String, Map<String, Integer>> wanted = new TreeMap<>();
        for (GraphRecord record : core.stores.graphs().list()) {
            GraphPhase phase = record.observed().phase();
            if (phase == GraphPhase.RUNNING || phase == GraphPhase.WAITING) {
                DecidedGraph decided = record.decided().orElseThrow();
                assertThat(decided.transition().held())
                        .as("held for %s", record.id())
                        .isEmpty();
                assertThat(decided.transition().leaving().shares())
                        .as("left by %s", record.id())
                        .isEmpty();
                core.view(record.id()).graph().services().stream()
                        .filter(service -> !service.trigger().isConditional())
                        .forEach(service -> wanted.put(
                                record.id() + "/" + service.id(),
                                replicas(decided.placement().of(service.id()))));
            } else if (phase != GraphPhase.STOPPED) {
                return;
            }
        }
        Map<String, Map<String, Integer>> there = new TreeMap<>();
        core.world
                .snapshot()
                .releases()
                .forEach(release -> there.put(release.state().workload().toString(), release.replicas()));
        assertThat(there).as("releases").isEqualTo(wanted);
    }

    private static Map<String, Integer> replicas(List<Share> shares) {
        Map<String, Integer> replicas = new TreeMap<>();
        shares.forEach(share -> replicas.put(share.cluster().name(), share.replicas()));
        return replicas;
    }
}
