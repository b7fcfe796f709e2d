// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.overview;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.GraphItem;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.access.Rights;
import eu.nephele.smo.core.contract.overview.ClusterUse;
import eu.nephele.smo.core.contract.overview.GraphEntry;
import eu.nephele.smo.core.contract.overview.GraphEntry.Attention;
import eu.nephele.smo.core.contract.overview.GraphTotals;
import eu.nephele.smo.core.contract.overview.GraphTotals.ProjectTotals;
import eu.nephele.smo.core.contract.overview.HostedService;
import eu.nephele.smo.core.contract.overview.OverviewQuery;
import eu.nephele.smo.core.contract.overview.OverviewQuery.ListPosition;
import eu.nephele.smo.core.contract.overview.OverviewQuery.Order;
import eu.nephele.smo.core.contract.overview.OverviewService;
import eu.nephele.smo.core.contract.overview.OverviewService.HostedKey;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists over all projects say of a graph what the graph itself says, after each change, and only to those who may see it. */
class GraphOverviewTest {

    private static final long GIB = 1L << 30;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ClusterId C1 = new ClusterId(SimulatedFederation.SOURCE, "c1");
    private static final GraphId WAITS = new GraphId("p", "waits");
    private static final GraphId RUNS = new GraphId("p", "runs");
    private static final GraphId HUGE = new GraphId("q", "huge");
    private static final CallContext ANNA = CallContext.of("anna", "10.0.0.1", Set.of(), "c1");
    private static final OverviewQuery ALL = new OverviewQuery(
            "", Set.of(), Optional.empty(), Optional.empty(), false, Order.NAME, Optional.empty(), 100);

    private final Rights rights = new Rights();
    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofMillis(300), ClusterModel.of("c1", new Resources(16_000, 64 * GIB, 1000 * GIB, 0))),
                "overview-" + UUID.randomUUID());
        core.stopEngine();
        core.access = rights;
        core.startEngine();
        core.deploy(
                "p",
                Hdag.graph("waits")
                        .service("a")
                        .conditional("w", "ANY", "e=up == 5")
                        .yaml());
        core.deploy("p", Hdag.of("runs", "b", "c"));
        core.deploy(
                "q",
                Hdag.graph("huge")
                        .service("h", "large")
                        .service("i", "large")
                        .service("j", "large")
                        .service("k", "large")
                        .service("l", "large")
                        .yaml());
        core.deploy("q", Hdag.of("runs-too", "b"));
    }

    @AfterEach
    void end() {
        core.close();
    }

    private OverviewService overview() {
        return core.doors().overview();
    }

    private List<String> names(OverviewQuery query) {
        return overview().graphs(query, ANNA).stream()
                .map(entry -> entry.item().id().toString())
                .toList();
    }

    private GraphEntry entry(GraphId graph) {
        return overview().graphs(ALL, ANNA).stream()
                .filter(entry -> entry.item().id().equals(graph))
                .findFirst()
                .orElseThrow();
    }

    private void settle() {
        core.passUntil(
                () -> core.view(WAITS).phase() == GraphPhase.WAITING
                        && core.view(RUNS).phase() == GraphPhase.RUNNING,
                MINUTE);
    }

    private void assertEntriesAreThoseOfTheGraphs() {
        List<GraphEntry> entries = overview().graphs(ALL, ANNA);
        assertThat(entries)
                .extracting(GraphEntry::item)
                .containsExactlyInAnyOrderElementsOf(core.graphs().list(CallContext.INTERNAL).stream()
                        .map(GraphView::item)
                        .toList());
        entries.forEach(entry -> {
            GraphView view = core.view(entry.item().id());
            assertThat(entry.services()).isEqualTo(view.services().size());
            assertThat(entry.clusters())
                    .containsExactlyElementsOf(view.placement().clusters());
            assertThat(entry.changedAt()).isAfterOrEqualTo(view.item().times().updatedAt());
        });
    }

    @Test
    void eachChangeIsSeenAtOnce() {
        assertEntriesAreThoseOfTheGraphs();
        settle();
        assertEntriesAreThoseOfTheGraphs();
        core.update("p", Hdag.of("runs", "b", "d"));
        core.activate(WAITS, Set.of("w"));
        assertEntriesAreThoseOfTheGraphs();
        core.stop(RUNS);
        assertEntriesAreThoseOfTheGraphs();
        core.remove(WAITS);
        assertEntriesAreThoseOfTheGraphs();
        core.passUntil(() -> core.view(RUNS).phase() == GraphPhase.STOPPED, MINUTE);
        core.deploy("p", Hdag.of("new", "n"));
        assertEntriesAreThoseOfTheGraphs();
    }

    @Test
    void aRestartReadsThemAgain() {
        settle();
        assertEntriesAreThoseOfTheGraphs();
        core.stopEngine();
        core.startEngine();
        assertEntriesAreThoseOfTheGraphs();
        assertThat(entry(WAITS).item().phase()).isEqualTo(GraphPhase.WAITING);
    }

    @Test
    void filtersAreForAllProjects() {
        settle();
        assertThat(names(ALL)).containsExactly("q/huge", "p/runs", "q/runs-too", "p/waits");
        assertThat(names(with("RUNS", Set.of(), false))).containsExactly("p/runs", "q/runs-too");
        assertThat(names(with("q", Set.of(), false))).containsExactly("q/huge", "q/runs-too");
        assertThat(names(with("", Set.of(GraphPhase.WAITING, GraphPhase.PENDING), false)))
                .containsExactly("q/huge", "p/waits");
        assertThat(names(with("", Set.of(), true))).containsExactly("q/huge");
        assertThat(names(on("c1"))).containsExactly("p/runs", "q/runs-too", "p/waits");
        assertThat(names(on(SimulatedFederation.SOURCE + "/c1"))).hasSize(3);
        assertThat(names(on("other/c1"))).isEmpty();
        assertThat(names(new OverviewQuery(
                        "", Set.of(), Optional.of("q"), Optional.empty(), false, Order.NAME, Optional.empty(), 1)))
                .containsExactly("q/huge");
    }

    private static OverviewQuery with(String text, Set<GraphPhase> phases, boolean attention) {
        return new OverviewQuery(
                text, phases, Optional.empty(), Optional.empty(), attention, Order.NAME, Optional.empty(), 100);
    }

    private static OverviewQuery on(String cluster) {
        return new OverviewQuery(
                "", Set.of(), Optional.empty(), Optional.of(cluster), false, Order.NAME, Optional.empty(), 100);
    }

    @Test
    void pagesFollowEachOtherInBothOrders() {
        settle();
        core.skip(Duration.ofSeconds(5));
        core.update("p", Hdag.of("runs", "b", "d"));
        for (Order order : Order.values()) {
            List<String> whole = names(page(order, Optional.empty(), 100));
            assertThat(whole).hasSize(4);
            Optional<ListPosition> after = Optional.empty();
            for (String expected : whole) {
                GraphEntry next = overview().graphs(page(order, after, 1), ANNA).get(0);
                assertThat(next.item().id()).hasToString(expected);
                after = Optional.of(
                        new ListPosition(next.changedAt(), next.item().id()));
            }
            assertThat(overview().graphs(page(order, after, 1), ANNA)).isEmpty();
        }
        assertThat(names(page(Order.CHANGED, Optional.empty(), 1))).containsExactly("p/runs");
    }

    private static OverviewQuery page(Order order, Optional<ListPosition> after, int limit) {
        return new OverviewQuery("", Set.of(), Optional.empty(), Optional.empty(), false, order, after, limit);
    }

    @Test
    void whatNeedsAPersonSaysWhyAndWhatToDo() {
        settle();
        GraphEntry huge = entry(HUGE);
        assertThat(huge.attention()).isEqualTo(Attention.ERROR);
        assertThat(huge.condition()).hasValueSatisfying(condition -> {
            assertThat(condition.type()).isEqualTo("Placed");
            assertThat(condition.reason()).isEqualTo("Infeasible");
            assertThat(condition.message()).isNotEmpty();
            assertThat(condition.remedy()).startsWith("Free capacity");
        });
        assertThat(entry(RUNS).condition()).isEmpty();

        core.graphs().pause(RUNS, true, CallContext.INTERNAL);
        core.pass(MINUTE);
        assertThat(entry(RUNS).attention()).isEqualTo(Attention.WARNING);
        assertThat(entry(RUNS).condition().orElseThrow().remedy()).contains("Resume");
    }

    @Test
    void totalsAreOfWhatTheCallerMaySee() {
        settle();
        GraphTotals totals = overview().totals(ANNA).orElseThrow();
        assertThat(totals.graphs()).isEqualTo(4);
        assertThat(totals.services()).isEqualTo(2 + 2 + 5 + 1);
        assertThat(totals.phases())
                .containsEntry(GraphPhase.WAITING, 1L)
                .containsEntry(GraphPhase.PENDING, 1L)
                .containsEntry(GraphPhase.RUNNING, 2L);
        assertThat(totals.largest()).extracting(ProjectTotals::project).containsExactly("p", "q");
        assertThat(totals.inNeed()).isEqualTo(1);
        assertThat(totals.urgent())
                .extracting(GraphEntry::item)
                .extracting(GraphItem::id)
                .containsExactly(HUGE);

        rights.hideProjects(Set.of("q"));
        GraphTotals seen = overview().totals(ANNA).orElseThrow();
        assertThat(seen.graphs()).isEqualTo(2);
        assertThat(seen.projects()).isEqualTo(1);
        assertThat(seen.urgent()).isEmpty();
        rights.hide(target -> target.name().equals("waits"));
        assertThat(names(ALL)).containsExactly("p/runs");
        assertThat(overview().clusters(ANNA)).isEqualTo(Map.of(C1, new ClusterUse(1, 2, 2)));
    }

    @Test
    void aClusterSaysWhatIsOnIt() {
        settle();
        List<HostedService> services = overview().services(C1, Optional.empty(), 100, ANNA);
        assertThat(services)
                .extracting(service ->
                        service.key().graph().name() + "/" + service.key().service())
                .contains("runs/b", "runs/c", "waits/a", "runs-too/b");
        assertThat(overview().services(C1, Optional.of(services.get(0).key()), 2, ANNA))
                .isEqualTo(services.subList(1, 3));
        assertThat(overview().services(C1, Optional.of(new HostedKey(new GraphId("z", "z"), "z")), 10, ANNA))
                .isEmpty();
        assertThat(overview().services(new ClusterId("sim", "other"), Optional.empty(), 10, ANNA))
                .isEmpty();
    }
}
