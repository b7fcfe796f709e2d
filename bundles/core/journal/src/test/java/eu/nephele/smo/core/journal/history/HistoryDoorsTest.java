// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.history.HistoryService;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.HistoryStore.ActivityCount;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.Stores;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The history, asked by callers with and without rights. */
class HistoryDoorsTest extends DoorContract {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final HistorySpan HOUR = new HistorySpan(NOW, NOW.plusSeconds(3600));
    private static final GraphId MINE = new GraphId("mine", "g");
    private static final GraphId THEIRS = new GraphId("theirs", "g");

    private Stores stores;
    private AuthorizedHistoryService history;

    @BeforeAll
    void decide() throws Exception {
        stores = Stores.inMemory("history" + System.nanoTime());
        for (GraphId graph : List.of(MINE, THEIRS)) {
            stores.graphs().insert(desired(graph), TransactionalWrites.NOTHING);
            stores.decisions().append(List.of(decision(graph, 1)));
        }
        history = new AuthorizedHistoryService(stores.history(), stores.operations(), stores.graphs(), rights);
    }

    @AfterAll
    void end() {
        history.close();
        stores.close();
    }

    private static Desired desired(GraphId graph) {
        return new Desired(
                graph,
                1,
                1,
                DesiredState.RUNNING,
                new Desired.Declaration(JsonObject.EMPTY, List.of("a"), StrategyOverride.NONE, 1, List.of()),
                false,
                RequestedPlacement.of(1, PlaceRequest.replace()),
                Set.of(),
                Map.of(),
                Map.of(),
                false,
                Timestamps.from(NOW));
    }

    private static DecisionRecord decision(GraphId graph, int second) {
        Instant at = NOW.plusSeconds(second);
        return new DecisionRecord(
                "%016x%s".formatted(at.toEpochMilli() << 16, graph.project().substring(0, 4)),
                DecisionKind.PLACEMENT,
                graph,
                1,
                at,
                "deploy",
                new DecisionRecord.Strategy("first-fit", "1"),
                "infeasible",
                false,
                Duration.ofMillis(1),
                Optional.empty(),
                JsonObject.EMPTY);
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(HistoryService.class, history);
    }

    @Override
    protected boolean onlyReads(Method method) {
        return true;
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        return type == GraphId.class ? MINE : type == HistorySpan.class ? HOUR : super.argument(method, index);
    }

    @Override
    protected Object stored() {
        return stores.graphs().list();
    }

    @Test
    void whatHappenedElsewhereIsNotCounted() {
        rights.hideProjects(Set.of("theirs"));
        assertThat(history.activity(HOUR, 60, ANNA))
                .extracting(ActivityCount::project)
                .containsExactly("mine");
    }

    @Test
    void moreChangesThanAnAnswerHasAreRefused() {
        List<DecisionRecord> many = new ArrayList<>();
        for (int second = 0; second <= HistoryService.MOST_CHANGES; second++) {
            many.add(decision(MINE, 4000 + second));
        }
        stores.decisions().append(many);
        HistorySpan tooLong = new HistorySpan(NOW.plusSeconds(4000), NOW.plusSeconds(8000));
        assertThatThrownBy(() -> history.history(MINE, tooLong, ANNA))
                .isInstanceOfSatisfying(SmoException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(SmoException.Kind.INVALID);
                    assertThat(refused.violations().get(0).message()).contains("shorter");
                });
        assertThat(history.history(MINE, new HistorySpan(NOW.plusSeconds(4000), NOW.plusSeconds(5000)), ANNA)
                        .moments())
                .hasSize(1000);
        assertThatThrownBy(() -> history.history(MINE, new HistorySpan(NOW, NOW.minusSeconds(1)), ANNA))
                .hasMessageContaining("query");
    }
}
