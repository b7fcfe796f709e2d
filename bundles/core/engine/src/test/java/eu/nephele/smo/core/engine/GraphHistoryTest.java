// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.history.FormerState;
import eu.nephele.smo.core.contract.history.FormerState.FormerService;
import eu.nephele.smo.core.contract.history.GraphHistory;
import eu.nephele.smo.core.contract.history.GraphMoment;
import eu.nephele.smo.core.contract.history.GraphMoment.CauseSource;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.HistoryStore.Activity;
import eu.nephele.smo.core.contract.store.HistoryStore.ActivityCount;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import eu.nephele.smo.core.journal.history.AuthorizedHistoryService;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A graph as it was: what is told of each moment is what the graph itself showed then. */
class GraphHistoryTest {

    private static final GraphId GRAPH = new GraphId("p", "web");
    private static final long GIB = 1L << 30;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private EmbeddedCore core;
    private AuthorizedHistoryService history;
    private Instant begin = Instant.EPOCH;

    /** What the graph showed, by time. */
    private final Map<Instant, Map<String, List<Share>>> shown = new LinkedHashMap<>();

    @BeforeEach
    void live() throws Exception {
        Resources large = new Resources(16_000, 64 * GIB, 1000 * GIB, 0);
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), ClusterModel.of("c1", large), ClusterModel.of("c2", large)),
                "history-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(2));
        begin = core.now();
        core.deploy("p", Hdag.of("web", "front", "back"));
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, MINUTE);
        note();
        core.world.setLoad("front", 15);
        core.passUntil(() -> core.view(GRAPH).placement().replicasOf("front") > 1, MINUTE.multipliedBy(3));
        note();
        String cluster =
                core.view(GRAPH).placement().clusterOf("front").orElseThrow().name();
        core.world.failCluster(cluster);
        core.passUntil(
                () -> core.view(GRAPH).placement().clusters().stream()
                                .noneMatch(each -> each.name().equals(cluster))
                        && core.view(GRAPH).phase() == GraphPhase.RUNNING,
                MINUTE.multipliedBy(3));
        note();
        core.update("p", Hdag.of("web", "front", "third"));
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, MINUTE);
        note();
        core.events();
        core.decisions(GRAPH, DecisionKind.SCALING);
        history = new AuthorizedHistoryService(
                core.stores.history(), core.stores.operations(), core.stores.graphs(), AccessControl.unrestricted());
    }

    @AfterEach
    void end() {
        history.close();
        core.close();
    }

    private void note() {
        core.pass(Duration.ofSeconds(2));
        shown.put(core.now(), core.view(GRAPH).placement().shares());
    }

    private GraphHistory whole() {
        return history.history(GRAPH, new HistorySpan(begin, core.now().plusSeconds(1)), CallContext.INTERNAL);
    }

    private static Map<String, List<Share>> shares(FormerState state) {
        return state.services().entrySet().stream()
                .filter(service -> !service.getValue().shares().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, service -> service.getValue().shares()));
    }

    @Test
    void replayedItEndsAsTheGraphIs() {
        GraphView now = core.view(GRAPH);
        FormerState last = whole().last();

        assertThat(shares(last)).isEqualTo(now.placement().shares());
        assertThat(last.phase()).contains(GraphPhase.RUNNING);
        assertThat(last.revision()).contains(2L);
        assertThat(last.decision()).isEqualTo(now.item().decisionId());
        assertThat(last.services().get("back")).isEqualTo(FormerService.NOWHERE);
    }

    @Test
    void eachMomentIsAsItWasShownThen() {
        shown.forEach((at, shares) -> {
            GraphHistory then = history.history(GRAPH, new HistorySpan(at, at), CallContext.INTERNAL);
            assertThat(shares(then.before())).as("at %s", at).isEqualTo(shares);
            assertThat(then.moments()).isEmpty();
            assertThat(then.before().phase()).contains(GraphPhase.RUNNING);
        });
    }

    @Test
    void partsOfItAreTheSameAsTheWhole() {
        List<Instant> times = new ArrayList<>(shown.keySet());
        for (int i = 0; i + 1 < times.size(); i++) {
            GraphHistory part =
                    history.history(GRAPH, new HistorySpan(times.get(i), times.get(i + 1)), CallContext.INTERNAL);
            assertThat(shares(part.last())).isEqualTo(shown.get(times.get(i + 1)));
        }
    }

    @Test
    void itSaysWhatCausedEachChangeAndHowFarBackItKnows() {
        GraphHistory all = whole();
        assertThat(all.moments()).isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
        assertThat(all.moments())
                .extracting(moment -> moment.cause().source())
                .contains(CauseSource.DECISION, CauseSource.EVENT, CauseSource.OPERATION, CauseSource.REVISION);
        assertThat(all.moments().stream()
                        .map(GraphMoment::cause)
                        .filter(cause -> cause.source() == CauseSource.DECISION)
                        .map(cause -> cause.what() + " " + cause.outcome()))
                .contains("deploy placed", "scaling_interval scaled", "failover placed", "update placed");
        assertThat(all.moments().stream().map(moment -> moment.cause().what()))
                .contains("hdag.degraded", "hdag.recovered", "service.moved", "DEPLOY", "UPDATE");
        assertThat(all.known().graph()).isBetween(begin, begin.plusSeconds(1));
        assertThat(all.known().placement()).isPresent();
        assertThat(all.known().phase()).isPresent();
        assertThat(all.known().revision()).isPresent();
        assertThat(history.history(GRAPH, new HistorySpan(Instant.EPOCH, begin), CallContext.INTERNAL)
                        .before())
                .isEqualTo(FormerState.UNKNOWN);
    }

    @Test
    void theLoadIsThatOfTheDecisions() {
        assertThat(whole().moments().stream()
                        .flatMap(moment -> moment.after().services().entrySet().stream())
                        .filter(service -> service.getKey().equals("front"))
                        .flatMap(service -> service.getValue().load().stream())
                        .mapToDouble(FormerState.LoadReading::perSecond)
                        .max()
                        .orElseThrow())
                .isBetween(10.0, 20.0);
    }

    @Test
    void whatHappensIsCounted() {
        List<ActivityCount> counts =
                history.activity(new HistorySpan(begin, core.now().plusSeconds(1)), 1, CallContext.INTERNAL);
        assertThat(counts).allSatisfy(count -> {
            assertThat(count.part()).isZero();
            assertThat(count.project()).isEqualTo("p");
        });
        Map<Activity, Long> byKind =
                counts.stream().collect(Collectors.toMap(ActivityCount::activity, ActivityCount::count));
        assertThat(byKind.get(Activity.PLACED)).isGreaterThanOrEqualTo(3);
        assertThat(byKind.get(Activity.SCALED)).isGreaterThanOrEqualTo(1);
        assertThat(byKind.get(Activity.MOVED)).isGreaterThanOrEqualTo(1);
    }

    @Test
    void aGraphThatIsGoneHasNoHistory() {
        assertThatThrownBy(() -> history.history(
                        new GraphId("p", "none"), new HistorySpan(begin, core.now()), CallContext.INTERNAL))
                .hasMessageContaining("not found");
    }
}
