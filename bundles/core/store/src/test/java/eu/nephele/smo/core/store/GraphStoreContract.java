// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.Observed;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Graphs, on every database. */
abstract class GraphStoreContract {

    private static final GraphId GRAPH = Samples.graph("g");

    private final TestDatabase kind;
    private Opened database;
    private GraphStore graphs;

    GraphStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        graphs = database.stores().graphs();
    }

    @Test
    void keepsEveryFieldOfTheDesiredStateAndTheDescriptorAsItWasSent_D22() {
        Desired desired = Samples.full(GRAPH);
        graphs.insert(desired);

        GraphRecord found = graphs.find(GRAPH).orElseThrow();
        assertThat(found).isEqualTo(new GraphRecord(desired, Optional.empty(), Observed.nothing()));
        assertThat(found.desired().descriptor().canonical())
                .isEqualTo(desired.descriptor().canonical());
    }

    @Test
    void keepsEveryFieldOfDecidedAndObservedState_typedAndByName_D06_D28() {
        Desired desired = Samples.desired(GRAPH);
        Decided decided = Samples.full("d-1");
        graphs.insert(desired);
        assertThat(graphs.commit(GRAPH, 1, Samples.decided(1), Map.of(), Optional.empty()))
                .isEqualTo(CommitResult.STORED);
        assertThat(graphs.commit(GRAPH, 1, decided, Map.of(), Optional.empty())).isEqualTo(CommitResult.STORED);
        graphs.observe(GRAPH, Samples.observed());

        GraphRecord found = graphs.find(GRAPH).orElseThrow();
        assertThat(found).isEqualTo(new GraphRecord(desired, Optional.of(decided), Samples.observed()));
        assertThat(found.decided().orElseThrow().placement().shares().keySet()).containsExactly("z-first", "a-second");
        assertThat(found.observed().services().keySet()).containsExactly("z-first", "a-second");
    }

    @Test
    void doesNotFindWhatIsNotThere() {
        assertThat(graphs.find(GRAPH)).isEmpty();
        assertThat(graphs.findByName("g")).isEmpty();
        assertThat(graphs.list()).isEmpty();
    }

    @Test
    void listsByProjectAndName() {
        List<GraphId> ids = List.of(
                new GraphId("p2", "a"), new GraphId("p1", "b"), new GraphId("p1", "a-b"), new GraphId("p1", "a"));
        ids.forEach(id -> graphs.insert(Samples.desired(id)));

        assertThat(graphs.list())
                .extracting(GraphRecord::id)
                .isEqualTo(ids.stream().sorted().toList());
        assertThat(graphs.list("p1")).extracting(id -> id.id().name()).containsExactly("a", "a-b", "b");
        assertThat(graphs.findByName("a")).extracting(id -> id.id().project()).containsExactly("p1", "p2");
    }

    @Test
    void refusesAGraphNameThatIsTakenInTheProjectOnly_D21() {
        graphs.insert(Samples.desired(GRAPH));

        assertThatThrownBy(() -> graphs.insert(Samples.desired(GRAPH, 1, List.of("x"))))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT))
                .hasMessage("Graph 'g' exists already in project 'p1'. Choose another name, or update it.");
        graphs.insert(Samples.desired(new GraphId("p2", "g")));
        assertThat(graphs.findByName("g")).hasSize(2);
    }

    @Test
    void refusesAServiceIdThatIsTakenInTheProjectOnly_beforeAnythingIsStored_D21() {
        graphs.insert(Samples.desired(Samples.graph("owner"), 1, List.of("a", "b")));

        assertThatThrownBy(() -> graphs.insert(Samples.desired(GRAPH, 1, List.of("c", "b", "a"))))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT))
                .hasMessageStartingWith("Service 'b' belongs to graph 'owner' of project 'p1' already.");
        assertThat(graphs.find(GRAPH)).isEmpty();
        assertThat(database.rows("service")).isEqualTo(2);
        graphs.insert(Samples.desired(new GraphId("p2", "g"), 1, List.of("a", "b")));
    }

    @Test
    void updatesOnlyTheRevisionThatTheWriterKnows() {
        graphs.insert(Samples.desired(GRAPH));
        Desired next = Samples.desired(GRAPH, 2, List.of("new"));

        assertThat(graphs.update(next)).isTrue();
        assertThat(graphs.update(next)).isFalse();
        assertThat(graphs.update(Samples.desired(GRAPH, 4, List.of()))).isFalse();
        assertThat(graphs.update(Samples.desired(Samples.graph("nobody"), 2, List.of())))
                .isFalse();
        assertThat(graphs.find(GRAPH).orElseThrow().desired()).isEqualTo(next);
    }

    @Test
    void anUpdateMovesTheServiceIdsAlong() {
        graphs.insert(Samples.desired(GRAPH, 1, List.of("a", "b")));
        graphs.insert(Samples.desired(Samples.graph("h"), 1, List.of("c")));

        assertThatThrownBy(() -> graphs.update(Samples.desired(GRAPH, 2, List.of("a", "c"))))
                .hasMessageStartingWith("Service 'c' belongs to graph 'h'");
        assertThat(graphs.find(GRAPH).orElseThrow().desired().revision()).isEqualTo(1);
        assertThat(graphs.update(Samples.desired(GRAPH, 2, List.of("a")))).isTrue();
        graphs.insert(Samples.desired(Samples.graph("i"), 1, List.of("b")));
    }

    @Test
    void aDecisionEndsTheProvisionalTime() {
        graphs.insert(Samples.full(GRAPH));
        assertThat(graphs.commit(GRAPH, 3, Samples.decided(1), Map.of(), Optional.empty()))
                .isEqualTo(CommitResult.STORED);

        Desired found = graphs.find(GRAPH).orElseThrow().desired();
        assertThat(found.provisional()).isFalse();
        assertThat(found.revision()).isEqualTo(3);
    }

    @Test
    void aDecisionAboutAnOldRevisionOrAGoneGraphIsStaleAndLeavesNoTrace() {
        database.stores().capacity().setLimits(Samples.cpu(Samples.C1, 1000));
        graphs.insert(Samples.desired(GRAPH));
        Optional<DecisionRecord> record = Optional.of(Samples.decision(GRAPH, 1, Optional.of(Samples.snapshot("s"))));

        assertThat(graphs.commit(GRAPH, 2, Samples.decided(1), Samples.cpu(Samples.C1, 1), record))
                .isEqualTo(CommitResult.STALE);
        assertThat(graphs.commit(Samples.graph("x"), 1, Samples.decided(1), Samples.cpu(Samples.C1, 1), record))
                .isEqualTo(CommitResult.STALE);
        assertThat(graphs.find(GRAPH).orElseThrow().decided()).isEmpty();
        assertThat(database.stores().capacity().reserved()).isEmpty();
        assertThat(database.rows("decision") + database.rows("snapshot")).isZero();
    }

    @Test
    void deletingTakesEverythingButTheDecisions() {
        database.stores().capacity().setLimits(Samples.cpu(Samples.C1, 1000));
        graphs.insert(Samples.full(GRAPH));
        graphs.commit(
                GRAPH,
                3,
                Samples.decided(1),
                Samples.cpu(Samples.C1, 700),
                Optional.of(Samples.decision(GRAPH, 1, Optional.empty())));
        graphs.delete(GRAPH);
        graphs.delete(GRAPH);
        graphs.observe(GRAPH, Samples.observed());

        assertThat(graphs.find(GRAPH)).isEmpty();
        for (String table : List.of("service", "decided", "observed", "reservation")) {
            assertThat(database.rows(table)).as(table).isZero();
        }
        assertThat(database.stores().capacity().reserved()).isEmpty();
        assertThat(database.stores().decisions().count()).isEqualTo(1);
    }

    @Test
    void releasingGivesBackTheReservationAndKeepsTheGraph() {
        database.stores().capacity().setLimits(Map.of(Samples.C1, new Resources(1000, 1000, 0, 0)));
        graphs.insert(Samples.desired(GRAPH));
        graphs.commit(GRAPH, 1, Samples.decided(1), Map.of(Samples.C1, new Resources(700, 5, 0, 0)), Optional.empty());
        graphs.release(GRAPH);
        graphs.release(Samples.graph("nobody"));

        assertThat(database.stores().capacity().reservedBy(GRAPH)).isEmpty();
        assertThat(database.stores().capacity().reserved()).isEmpty();
        assertThat(graphs.find(GRAPH).orElseThrow().decided()).isPresent();
    }
}
