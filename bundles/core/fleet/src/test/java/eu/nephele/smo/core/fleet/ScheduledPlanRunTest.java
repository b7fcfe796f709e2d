// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.fleet.FleetWorld;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.fleet.KeptPlan.PlanOrigin;
import eu.nephele.smo.core.fleet.KeptPlan.PlanState;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.placement.auto.AutoStrategy;
import eu.nephele.smo.placement.objectives.PriceObjective;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scheduled run does, and what is heard of it. */
class ScheduledPlanRunTest {

    private static final int KEPT = 3;
    private static final FleetSettings SETTINGS =
            new FleetSettings("auto", 50, Duration.ofMillis(300), 2_000, Duration.ofMinutes(15), KEPT, 10);

    private final ManualTime time = new ManualTime(Instant.parse("2026-11-20T03:30:00Z"));
    private final PlayedFleet fleet = new PlayedFleet();
    private final RecordedEvents events = new RecordedEvents();
    private final List<String> outcomes = new ArrayList<>();
    private final ScheduledPlanReport report = new ScheduledPlanReport(events, time.clock());

    private StrategyModule strategies;
    private FleetPlans plans;

    /** A generated fleet that may be away, and may have changed. */
    private static final class PlayedFleet implements FleetWorld {

        private final GeneratedFleet generated = new GeneratedFleet(1, 6, 2, 4, 0.5);
        private final List<RequestOrigin> moved = new ArrayList<>();
        private String basis = "1:1";
        private boolean away;

        @Override
        public List<GraphId> graphs() {
            return generated.graphs();
        }

        @Override
        public FleetSnapshot snapshot(Collection<GraphId> graphs, List<ClusterState> added) {
            if (away) {
                throw SmoException.of(
                        SmoException.Kind.UNAVAILABLE, "smo", "graph p/secret is not known", Optional.empty());
            }
            return generated.snapshot(graphs, added);
        }

        @Override
        public String basis(GraphId graph) {
            return basis;
        }

        @Override
        public boolean fits(Map<ClusterId, Resources> more) {
            return true;
        }

        @Override
        public Change move(
                GraphId graph, String basis, Map<String, ClusterId> places, String plan, RequestOrigin origin) {
            moved.add(origin);
            return generated.move(graph, basis, places, plan, origin);
        }
    }

    /** Keeps what is appended. */
    private static final class RecordedEvents implements EventStore {

        private final List<EventDraft> drafts = new ArrayList<>();
        private boolean away;

        @Override
        public void append(List<EventDraft> more) {
            if (away) {
                throw new IllegalStateException("the database is away");
            }
            drafts.addAll(more);
        }

        @Override
        public List<StoredEvent> publish(int limit) {
            return List.of();
        }

        @Override
        public List<StoredEvent> after(long sequence, EventFilter filter, int limit) {
            return List.of();
        }

        @Override
        public long first() {
            return 1;
        }

        @Override
        public long last() {
            return 0;
        }

        @Override
        public OptionalLong cursor(String subscriber) {
            return OptionalLong.empty();
        }

        @Override
        public void saveCursor(String subscriber, long sequence) {
            throw new UnsupportedOperationException("Nobody subscribes");
        }

        @Override
        public long prune(Instant before, long maximum) {
            return 0;
        }
    }

    @BeforeEach
    void open() {
        strategies = StrategyModule.create(() -> StrategySettings.DEFAULTS, Clock.systemUTC(), MetricsRecorder.NONE);
        strategies
                .registry()
                .add(new AutoStrategy(), Map.of(PlacementStrategy.ID, "auto", PlacementStrategy.VERSION, "1.0.0"));
        strategies.registry().add(new PriceObjective(), Map.of(PlacementObjective.NAME, "price"));
        plans = new FleetPlans(
                new FleetDependencies(fleet, strategies.trials(), strategies.pricing(), strategies.catalog()),
                SETTINGS,
                time,
                time.clock(),
                System::nanoTime);
        report.bindMetrics(new MetricsRecorder() {
            @Override
            public void count(String name, Map<String, String> labels) {
                outcomes.add(name + labels);
            }

            @Override
            public void time(String name, Map<String, String> labels, Duration duration) {
                throw new UnsupportedOperationException("Nothing is timed");
            }

            @Override
            public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
                throw new UnsupportedOperationException("There is no gauge");
            }
        });
    }

    @AfterEach
    void close() {
        plans.close();
        strategies.close();
    }

    private void run(boolean applies, Duration left) {
        FleetScheduleSettings settings = FleetScheduleSettings.from(FleetConfigWith.properties(Map.of(
                "schedule",
                "30 3 * * *",
                "scheduleObjectives",
                new String[] {"price=100"},
                "scheduleMaxMoves",
                4,
                "scheduleApplies",
                applies)));
        new ScheduledPlanRun(plans, settings, report).run(new HeldTenure(left));
        time.advance(Duration.ofSeconds(1));
    }

    private void run(boolean applies) {
        run(applies, Duration.ofSeconds(5));
    }

    private EventDraft event() {
        assertThat(events.drafts).hasSize(1);
        return events.drafts.get(0);
    }

    @Test
    void aPlanIsOnlyShownUnlessItShallBeApplied() {
        run(false);
        KeptPlan kept = plans.kept().get(0);
        assertThat(kept.origin()).isEqualTo(PlanOrigin.SCHEDULED);
        assertThat(kept.plan().moves()).isBetween(1, 4);
        assertThat(kept.progress().state()).isEqualTo(PlanState.PLANNED);
        assertThat(fleet.moved).isEmpty();

        EventDraft event = event();
        assertThat(event.type()).isEqualTo("fleet.planned");
        assertThat(event.time()).isEqualTo(Instant.parse("2026-11-20T03:30:00Z"));
        assertThat(event.data().get("plan")).contains(new JsonString(kept.plan().id()));
        assertThat(event.data().toJson())
                .contains("\"moves\":" + kept.plan().moves(), "\"costBefore\":", "\"costAfter\":");
        assertThat(event.data().get("applied")).contains(new JsonBoolean(false));
        assertThat(outcomes).containsExactly("smo_fleet_scheduled_plans_total{outcome=planned}");
    }

    @Test
    void aPlanThatShallBeAppliedMovesAndWhatItCausesCarriesItsId() {
        run(true);
        String id = plans.kept().get(0).plan().id();
        assertThat(fleet.moved).containsExactly(new RequestOrigin("smo", id, Optional.empty()));
        assertThat(event().data().get("applied")).contains(new JsonBoolean(true));
        assertThat(event().correlationId()).isEqualTo(id);
        assertThat(outcomes).containsExactly("smo_fleet_scheduled_plans_total{outcome=applied}");
    }

    @Test
    void aPlanWithoutStepsIsNotApplied() {
        FleetScheduleSettings settings = FleetScheduleSettings.from(FleetConfigWith.properties(Map.of(
                "schedule", "30 3 * * *", "scheduleApplies", true, "scheduleObjectives", new String[] {"price=0"})));
        new ScheduledPlanRun(plans, settings, report).run(new HeldTenure());
        assertThat(plans.kept().get(0).progress().state()).isEqualTo(PlanState.PLANNED);
        assertThat(event().data().get("applied")).contains(new JsonBoolean(false));
    }

    @Test
    void aPlanThatIsStaleWhenItIsMadeIsReportedAsNotApplied() {
        fleet.basis = "2:1";
        run(true);
        assertThat(fleet.moved).isEmpty();
        assertThat(event().type()).isEqualTo("fleet.planned");
        assertThat(event().data().get("applied")).contains(new JsonBoolean(false));
        assertThat(event().data().get("reason")).contains(new JsonString("conflict"));
        assertThat(outcomes).containsExactly("smo_fleet_scheduled_plans_total{outcome=refused}");
    }

    @Test
    void aRunThatFailsSaysSoWithoutNamesOfGraphsAndTheNextOneIsMade() {
        fleet.away = true;
        run(true);
        assertThat(plans.kept()).isEmpty();
        assertThat(event().type()).isEqualTo("fleet.plan_failed");
        assertThat(event().data().toJson()).isEqualTo("{\"reason\":\"unavailable\"}");
        assertThat(outcomes).containsExactly("smo_fleet_scheduled_plans_total{outcome=failed}");

        fleet.away = false;
        run(true);
        assertThat(plans.kept()).hasSize(1);
        assertThat(events.drafts).extracting(EventDraft::type).containsExactly("fleet.plan_failed", "fleet.planned");
    }

    @Test
    void aDatabaseThatTakesNoEventStopsNothing() {
        events.away = true;
        run(true);
        assertThat(fleet.moved).isNotEmpty();
    }

    @Test
    void aServerThatCannotRenewItsLeaseDoesNothing() {
        run(true, Duration.ZERO);
        assertThat(plans.kept()).isEmpty();
        assertThat(fleet.moved).isEmpty();
        assertThat(outcomes).containsExactly("smo_fleet_scheduled_plans_total{outcome=failed}");
    }

    @Test
    void theListHasTheNewestFirstAndNoMoreThanAreKept() {
        AuthorizedFleetService door = new AuthorizedFleetService(plans, AccessControl.unrestricted());
        List<String> made = new ArrayList<>();
        for (int i = 0; i < KEPT; i++) {
            door.plan(FleetRequest.STANDARD, CallContext.INTERNAL);
            made.add(0, plans.kept().get(0).plan().id());
            time.advance(Duration.ofMinutes(1));
        }
        run(false);
        made.add(0, plans.kept().get(0).plan().id());
        assertThat(made).doesNotHaveDuplicates();
        assertThat(door.list(CallContext.INTERNAL))
                .map(plan -> plan.get("id").orElseThrow())
                .containsExactlyElementsOf(
                        made.subList(0, KEPT).stream().map(JsonString::new).toList());
        assertThat(door.list(CallContext.INTERNAL))
                .map(plan -> plan.get("origin").orElseThrow())
                .containsExactly(new JsonString("scheduled"), new JsonString("asked"), new JsonString("asked"));
        assertThat(door.list(CallContext.INTERNAL).get(0).members())
                .containsOnlyKeys(
                        "id",
                        "state",
                        "origin",
                        "hypothetical",
                        "createdAt",
                        "expiresAt",
                        "moves",
                        "costBefore",
                        "costAfter");
    }
}
