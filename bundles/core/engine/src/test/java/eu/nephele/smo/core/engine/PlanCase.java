// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.RandomGraphs.Draft;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldSnapshot;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

/** One change of one graph in a federation made by chance: planned, sometimes disturbed, then applied and compared. */
final class PlanCase {

    private static final long GIB = 1L << 30;
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final GraphId SUBJECT = new GraphId("p", "subject");

    /** The planned change, and the same without a plan. */
    private interface DesiredGraph {
        Plan plan();

        Change directly();
    }

    private final Random random;
    private final EmbeddedCore core;
    private final RandomGraphs graphs;
    private final List<String> clusters = new ArrayList<>();
    private final List<String> diary = new ArrayList<>();
    private Draft subject;
    private Draft wished;

    PlanCase(long seed, Stores stores) {
        this.random = new Random(seed * 6271);
        List<ClusterModel> models = new ArrayList<>();
        int count = 2 + random.nextInt(4);
        for (int i = 1; i <= count; i++) {
            clusters.add("c" + i);
            long cpuMillis = 500L * (4 + random.nextInt(17));
            models.add(ClusterModel.of("c" + i, new Resources(cpuMillis, 64 * GIB, 1000 * GIB, 0)));
        }
        this.core = new EmbeddedCore(
                Scenario.of(Duration.ofMillis(300 + random.nextInt(2000)), models.toArray(ClusterModel[]::new)),
                stores);
        this.graphs = new RandomGraphs(random, clusters);
        this.subject = graphs.graph(SUBJECT.name(), List.of(), 6);
        this.wished = subject;
    }

    /** @return what kind of case it was */
    String run() {
        try {
            return compare();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\n  " + String.join("\n  ", diary), e);
        } finally {
            core.stopEngine();
            core.strategies.close();
            core.world.close();
        }
    }

    private String compare() {
        core.pass(Duration.ofMillis(500));
        Doings doings = Doings.of(core);
        int others = random.nextInt(3);
        for (int i = 0; i < others; i++) {
            core.deploy("p", graphs.graph("other" + i, List.of(), 3).yaml());
        }
        DesiredGraph desiredGraph = wish();
        quiet();
        World before = World.of(core);
        String storedBefore = stored();
        Plan plan = desiredGraph.plan();
        note("plan %s: %s %s"
                .formatted(plan.kind(), plan.feasible() ? plan.steps() : plan.conflicts(), plan.placement()));
        assertThat(stored()).as("stored after planning").isEqualTo(storedBefore);
        assertThat(World.of(core)).as("the world after planning").isEqualTo(before);
        String kind = plan.kind().name().toLowerCase(java.util.Locale.ROOT);
        if (!plan.feasible()) {
            infeasible(plan, desiredGraph, doings);
            return kind + " infeasible";
        }
        String disturbed = random.nextInt(3) == 0 ? disturb(plan, desiredGraph) : "";
        if (disturbed.equals("stale")) {
            stale(plan, doings);
            return kind + " stale";
        }
        applied(plan, doings);
        return kind + (disturbed.isEmpty() ? " applied" : " applied all the same");
    }

    private DesiredGraph wish() {
        if (random.nextInt(3) == 0) {
            return deployment(subject);
        }
        note("deploy " + subject.services());
        core.deploy("p", subject.yaml());
        quiet();
        if (core.view(SUBJECT).phase() == GraphPhase.PENDING) {
            return deployment(subject);
        }
        if (random.nextInt(3) == 0) {
            subject.services().stream()
                    .filter(RandomGraphs.Service::event)
                    .forEach(service -> core.fire(SUBJECT, service.id(), "busy", true));
            note("fire");
            quiet();
        }
        if (random.nextInt(3) > 0) {
            if (random.nextInt(6) == 0) {
                note("stop");
                core.stop(SUBJECT);
                quiet();
            }
            return deployment(graphs.changed(subject));
        }
        return placement();
    }

    private DesiredGraph deployment(Draft draft) {
        note("wish " + draft.services());
        wished = draft;
        DeployRequest request = DeployRequest.of(core.graph("p", draft.yaml()));
        boolean isNew = core.graphs().find(SUBJECT, CallContext.INTERNAL).isEmpty();
        return new DesiredGraph() {
            @Override
            public Plan plan() {
                return core.doors().plans().plan(request, CallContext.INTERNAL);
            }

            @Override
            public Change directly() {
                return isNew
                        ? core.graphs().deploy(request, CallContext.INTERNAL)
                        : core.graphs().update(request, CallContext.INTERNAL);
            }
        };
    }

    private DesiredGraph placement() {
        Set<String> services = random.nextBoolean()
                ? Set.of()
                : Set.of(pick(subject.services()).id());
        PlaceRequest request =
                switch (random.nextInt(3)) {
                    case 0 -> PlaceRequest.replace();
                    case 1 ->
                        new PlaceRequest(
                                DecisionReason.MOVE, services, Optional.empty(), StrategySelection.UNSPECIFIED, false);
                    default ->
                        new PlaceRequest(
                                DecisionReason.OFFLOAD,
                                services,
                                Optional.of(id(pick(clusters))),
                                StrategySelection.UNSPECIFIED,
                                false);
                };
        note("wish " + request);
        return new DesiredGraph() {
            @Override
            public Plan plan() {
                return core.doors().plans().plan(SUBJECT, request, CallContext.INTERNAL);
            }

            @Override
            public Change directly() {
                return core.place(SUBJECT, request);
            }
        };
    }

    /** An infeasible plan cannot be applied, and the change itself does not find a place either. */
    private void infeasible(Plan plan, DesiredGraph desiredGraph, Doings doings) {
        assertThat(plan.steps()).isEmpty();
        doings.forget();
        refused(plan);
        assertThat(doings.done()).as("done for a plan that was refused").isEmpty();
        if (core.graphs()
                .find(SUBJECT, CallContext.INTERNAL)
                .map(view -> view.item().desired() == DesiredState.STOPPED)
                .orElse(false)) {
            return;
        }
        Optional<DecidedGraph> before = decided();
        Change change = desiredGraph.directly();
        if (change.replay()) {
            return;
        }
        core.pass(Duration.ofSeconds(3));
        assertThat(change.decided()).as("the infeasible change itself").isCompletedExceptionally();
        try {
            change.decided().toCompletableFuture().join();
        } catch (CompletionException e) {
            assertThat(((SmoException) e.getCause()).kind()).isEqualTo(SmoException.Kind.INFEASIBLE);
        }
        quiet();
        assertThat(decided().map(DecidedGraph::placement)).isEqualTo(before.map(DecidedGraph::placement));
    }

    private void refused(Plan plan) {
        assertThatThrownBy(() -> core.doors().plans().apply(SUBJECT, plan.id(), CallContext.INTERNAL))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT));
    }

    private void stale(Plan plan, Doings doings) {
        quiet();
        World before = World.of(core);
        String storedBefore = stored();
        doings.forget();
        refused(plan);
        core.pass(Duration.ofSeconds(2));
        assertThat(doings.done()).as("done for a stale plan").isEmpty();
        assertThat(stored()).as("stored after a stale plan").isEqualTo(storedBefore);
        assertThat(World.of(core)).as("the world after a stale plan").isEqualTo(before);
    }

    /** @return "stale" when the plan cannot hold any more, else what happened that does not matter */
    private String disturb(Plan plan, DesiredGraph desiredGraph) {
        List<ClusterId> used = plan.placement().clusters().stream().toList();
        boolean present = core.graphs().find(SUBJECT, CallContext.INTERNAL).isPresent();
        boolean stopped = present && core.view(SUBJECT).item().desired() == DesiredState.STOPPED;
        switch (random.nextInt(5)) {
            case 0 -> {
                ClusterId cluster = pick(used);
                note("fails: " + cluster);
                core.world.failCluster(cluster.name());
                core.pass(Duration.ofSeconds(1));
                return "stale";
            }
            case 1 -> {
                if (present && !stopped) {
                    note("is stopped");
                    core.stop(SUBJECT);
                    core.pass(Duration.ofSeconds(1));
                    return "stale";
                }
            }
            case 2 -> {
                if (present) {
                    Draft next = graphs.changed(subject);
                    note("is updated to " + next.services());
                    if (!core.update("p", next.yaml()).replay()) {
                        core.pass(Duration.ofSeconds(1));
                        return "stale";
                    }
                }
            }
            case 3 -> {
                ClusterId cluster = id(pick(clusters));
                note("is cordoned: " + cluster);
                core.doors().clusters().cordon(cluster, "test", CallContext.INTERNAL);
            }
            default -> {
                String cluster = pick(clusters);
                Resources load = new Resources(random.nextBoolean() ? 1 : 500L * random.nextInt(12), 0, 0, 0);
                note("foreign load on %s: %s".formatted(cluster, load));
                core.world.setForeignLoad(cluster, load);
            }
        }
        core.pass(Duration.ofSeconds(20));
        Plan again = desiredGraph.plan();
        boolean holds = again.feasible()
                && again.placement().equals(plan.placement())
                && again.steps().equals(plan.steps());
        note("a new plan is " + (holds ? "the same" : again.steps() + " " + again.conflicts()));
        return holds ? "does not matter" : "stale";
    }

    private void applied(Plan plan, Doings doings) {
        PlanRules rules = new PlanRules(core, SUBJECT, plan, renewed());
        doings.forget();
        Change change = core.doors().plans().apply(SUBJECT, plan.id(), CallContext.INTERNAL);
        boolean stopped = core.view(SUBJECT).item().desired() == DesiredState.STOPPED;
        Instant until = core.clock.instant().plus(LONGEST);
        core.pass(Duration.ZERO);
        while (!isQuiet() && core.clock.instant().isBefore(until)) {
            core.pass(EmbeddedCore.STEP);
            rules.look();
        }
        quiet();
        note("done " + doings.done());
        if (stopped) {
            assertThat(doings.done()).isEmpty();
            return;
        }
        assertThat(core.view(SUBJECT).placement()).as("placement").isEqualTo(plan.placement());
        if (change.replay()) {
            assertThat(plan.steps())
                    .as("steps of what is there already")
                    .allMatch(step -> step.action() == Action.WATCH);
            assertThat(doings.done()).isEmpty();
            return;
        }
        rules.compare(doings.done());
        Operation operation = core.doors()
                .operations()
                .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                .orElseThrow();
        assertThat(operation.state()).as(operation.toString()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(operation.steps())
                .as("steps of the operation")
                .isEqualTo(plan.steps().stream().map(PlanCase::done).toList());
    }

    private Set<String> renewed() {
        Set<String> renewed = new TreeSet<>();
        for (RandomGraphs.Service old : subject.services()) {
            wished.services().stream()
                    .filter(service -> service.id().equals(old.id()))
                    .filter(service ->
                            service.image() != old.image() || !service.cpu().equals(old.cpu()))
                    .forEach(service -> renewed.add(service.id()));
        }
        return renewed;
    }

    private static Operation.Step done(PlanStep step) {
        return new Operation.Step(step.action(), step.service(), step.detail(), Operation.StepState.DONE, "");
    }

    private void quiet() {
        Instant until = core.clock.instant().plus(LONGEST);
        core.pass(Duration.ofMillis(300));
        while (!isQuiet() && core.clock.instant().isBefore(until)) {
            core.pass(Duration.ofMillis(500));
        }
        assertThat(isQuiet()).as("at rest: %s", core.stores.graphs().list()).isTrue();
    }

    private boolean isQuiet() {
        return core.stores.graphs().list().stream().allMatch(PlanCase::isQuiet);
    }

    private static boolean isQuiet(GraphRecord record) {
        boolean converged =
                record.observed().convergedGeneration() == record.desired().generation()
                        && record.decided()
                                .map(decided -> decided.wishNumber()
                                        >= record.desired().wish().number())
                                .orElse(false);
        boolean waits = record.observed().phase() == GraphPhase.PENDING
                && !record.observed().conditions().isEmpty()
                && record.decided().isEmpty();
        boolean atRest = !record.decided().map(DecidedGraph::inTransit).orElse(false)
                && record.desired().retiring().isEmpty();
        boolean settled =
                switch (record.observed().phase()) {
                    case RUNNING, WAITING -> converged && atRest;
                    case STOPPED -> record.desired().state() == DesiredState.STOPPED;
                    case DEGRADED ->
                        record.observed().conditions().stream()
                                .anyMatch(condition -> condition.reason().equals("Infeasible")
                                        || condition.reason().equals("ClusterLost"));
                    default -> waits;
                };
        return settled;
    }

    private Optional<DecidedGraph> decided() {
        return core.stores.graphs().find(SUBJECT).flatMap(GraphRecord::decided);
    }

    /** Everything in the store that a plan must not touch. */
    private String stored() {
        return String.join(
                "\n",
                core.stores.graphs().list().toString(),
                core.stores.capacity().reserved().toString(),
                core.doors()
                        .operations()
                        .list(Optional.empty(), Optional.empty(), false, 100, CallContext.INTERNAL)
                        .toString(),
                core.decisions(SUBJECT, DecisionKind.PLACEMENT).stream()
                        // those that came to nothing are written when there is time
                        .filter(decision -> decision.outcome().equals("placed"))
                        .toList()
                        .toString());
    }

    private void note(String what) {
        diary.add(what);
    }

    private static ClusterId id(String cluster) {
        return new ClusterId(SimulatedFederation.SOURCE, cluster);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** The world as far as it is ours. */
    private record World(
            List<WorldSnapshot.ReleaseSnapshot> releases, List<WorldSnapshot.RuleSnapshot> rules, String writes) {

        static World of(EmbeddedCore core) {
            WorldSnapshot now = core.world.snapshot();
            return new World(now.releases(), now.rules(), new TreeMap<>(now.writes()).toString());
        }
    }
}
