// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphFacts;
import eu.nephele.smo.core.contract.store.GraphOutline;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphServices;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.GraphSummary;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** As it is kept, and as it is read: that is the same. */
    private Optional<GraphRecord> found(GraphId graph) {
        Optional<GraphRecord> kept = graphs.find(graph);
        database.stores().forget();
        Optional<GraphRecord> read = graphs.find(graph);
        assertThat(kept).isEqualTo(read);
        return read;
    }

    @Test
    void keepsEveryFieldOfTheDesiredStateAndTheDescriptorAsItWasSent_D22() {
        Desired desired = Samples.full(GRAPH);
        graphs.insert(desired, TransactionalWrites.NOTHING);

        GraphRecord found = found(GRAPH).orElseThrow();
        assertThat(found).isEqualTo(new GraphRecord(desired, Optional.empty(), ObservedGraph.nothing()));
        assertThat(found.desired().declaration().descriptor().canonical())
                .isEqualTo(desired.declaration().descriptor().canonical());
    }

    @Test
    void keepsEveryFieldOfDecidedAndObservedState_typedAndByName_D06_D28() {
        Desired desired = Samples.desired(GRAPH);
        DecidedGraph decided = Samples.full("d-1");
        graphs.insert(desired, TransactionalWrites.NOTHING);
        assertThat(graphs.commit(GRAPH, 1, Samples.decided(1), Map.of(), Optional.empty(), TransactionalWrites.NOTHING))
                .isEqualTo(CommitResult.STORED);
        assertThat(graphs.commit(GRAPH, 1, decided, Map.of(), Optional.empty(), TransactionalWrites.NOTHING))
                .isEqualTo(CommitResult.STORED);
        graphs.observe(GRAPH, Samples.observed(), TransactionalWrites.NOTHING);

        GraphRecord found = found(GRAPH).orElseThrow();
        assertThat(found).isEqualTo(new GraphRecord(desired, Optional.of(decided), Samples.observed()));
        assertThat(found.decided().orElseThrow().placement().shares().keySet()).containsExactly("z-first", "a-second");
        assertThat(found.observed().services().keySet()).containsExactly("z-first", "a-second");
    }

    @Test
    void doesNotFindWhatIsNotThere() {
        assertThat(found(GRAPH)).isEmpty();
        assertThat(graphs.findByName("g")).isEmpty();
        assertThat(graphs.list()).isEmpty();
    }

    @Test
    void listsByProjectAndName() {
        List<GraphId> ids = List.of(
                new GraphId("p2", "a"), new GraphId("p1", "b"), new GraphId("p1", "a-b"), new GraphId("p1", "a"));
        ids.forEach(id -> graphs.insert(Samples.desired(id), TransactionalWrites.NOTHING));

        assertThat(graphs.list())
                .extracting(GraphRecord::id)
                .isEqualTo(ids.stream().sorted().toList());
        assertThat(graphs.list("p1")).extracting(id -> id.id().name()).containsExactly("a", "a-b", "b");
        assertThat(graphs.findByName("a")).extracting(id -> id.id().project()).containsExactly("p1", "p2");
        assertThat(graphs.ids()).isEqualTo(ids.stream().sorted().toList());
        assertThat(graphs.ids("p1")).extracting(GraphId::name).containsExactly("a", "a-b", "b");
    }

    @Test
    void summariesComeInPages() {
        List<GraphId> ids = Stream.of("p1/a", "p1/a-b", "p1/b", "p2/a", "p10/z")
                .map(text -> new GraphId(text.substring(0, text.indexOf('/')), text.substring(text.indexOf('/') + 1)))
                .toList();
        ids.forEach(id -> graphs.insert(Samples.desired(id), TransactionalWrites.NOTHING));
        List<GraphId> found = new ArrayList<>();
        Optional<GraphId> after = Optional.empty();
        for (int page = 0; page < 3; page++) {
            graphs.summaries(after, 2).forEach(summary -> found.add(summary.id()));
            after = Optional.of(found.get(found.size() - 1));
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(graphs.summaries(after, 2)).isEmpty();
        assertThat(graphs.services(Optional.of(found.get(1)), 10))
                .extracting(GraphServices::id)
                .containsExactlyElementsOf(found.subList(2, found.size()));
    }

    @Test
    void factsAreThoseOfTheWholeGraphAndComeInPages() {
        GraphId later = Samples.graph("h");
        graphs.insert(Samples.full(GRAPH), TransactionalWrites.NOTHING);
        graphs.insert(Samples.desired(later), TransactionalWrites.NOTHING);
        assertThat(graphs.facts(Optional.empty(), 10))
                .containsExactlyElementsOf(
                        graphs.list().stream().map(GraphFacts::from).toList());

        graphs.commit(later, 1, Samples.full("d-1"), Map.of(), Optional.empty(), TransactionalWrites.NOTHING);
        graphs.observe(later, Samples.observed(), TransactionalWrites.NOTHING);
        assertThat(graphs.facts(Optional.empty(), 1))
                .extracting(facts -> facts.outline().id())
                .containsExactly(GRAPH);
        assertThat(graphs.facts(Optional.of(GRAPH), 1))
                .containsExactly(GraphFacts.from(graphs.find(later).orElseThrow()));
        assertThat(graphs.facts(Optional.of(later), 1)).isEmpty();
    }

    @Test
    void whatIsInMemoryIsFoundThere() {
        graphs.insert(Samples.desired(GRAPH), TransactionalWrites.NOTHING);
        assertThat(graphs.cached(GRAPH)).isEqualTo(graphs.find(GRAPH));
        database.stores().forget();
        assertThat(graphs.cached(GRAPH)).isEmpty();
        assertThat(graphs.find(GRAPH)).isPresent().isEqualTo(graphs.cached(GRAPH));
    }

    @Test
    void servicesAreThoseOfTheWholeGraph() {
        Desired full = Samples.full(GRAPH);
        graphs.insert(full, TransactionalWrites.NOTHING);

        assertThat(full.declaration().services()).isNotEmpty();
        assertThat(full.retiring()).isNotEmpty();
        assertThat(graphs.services(Optional.empty(), 10))
                .containsExactly(new GraphServices(
                        GRAPH,
                        full.declaration().services(),
                        full.retiring(),
                        full.declaration().priority()));
    }

    @Test
    void aSummarySaysTheSameAsTheWholeGraph() {
        graphs.insert(Samples.full(GRAPH), TransactionalWrites.NOTHING);
        graphs.insert(Samples.desired(Samples.graph("h")), TransactionalWrites.NOTHING);
        graphs.commit(
                GRAPH,
                Samples.full(GRAPH).revision(),
                Samples.full("d-1"),
                Map.of(),
                Optional.empty(),
                TransactionalWrites.NOTHING);
        graphs.observe(GRAPH, Samples.observed(), TransactionalWrites.NOTHING);

        assertThat(graphs.summaries(Optional.empty(), 10))
                .isEqualTo(graphs.list().stream().map(GraphSummary::from).toList());
    }

    @Test
    void anOutlineSaysTheSameAsTheWholeGraph() {
        graphs.insert(Samples.full(GRAPH), TransactionalWrites.NOTHING);
        graphs.insert(Samples.desired(Samples.graph("h")), TransactionalWrites.NOTHING);
        graphs.commit(
                GRAPH,
                Samples.full(GRAPH).revision(),
                Samples.full("d-1"),
                Map.of(),
                Optional.empty(),
                TransactionalWrites.NOTHING);
        graphs.observe(GRAPH, Samples.observed(), TransactionalWrites.NOTHING);

        List<GraphOutline> outlines =
                graphs.list(GRAPH.project()).stream().map(GraphOutline::from).toList();
        assertThat(graphs.outlines(GRAPH.project(), "", "", 10)).isEqualTo(outlines);
        database.stores().forget();
        assertThat(graphs.outlines(GRAPH.project(), "", "", 10)).isEqualTo(outlines);
    }

    @Test
    void anOutlineSaysWhichServicesAreBehindTheAssignment() {
        Desired desired = Samples.desired(GRAPH, 1, List.of("follows", "behind", "never-seen"));
        graphs.insert(desired, TransactionalWrites.NOTHING);
        graphs.commit(
                GRAPH,
                desired.revision(),
                Samples.full("d-1"),
                Map.of(),
                Optional.empty(),
                TransactionalWrites.NOTHING);
        long assignment = Samples.full("d-1").assignment();
        Map<String, ObservedService> seen = Map.of(
                "follows", followed(assignment), "behind", followed(assignment - 1), "gone", followed(assignment - 2));
        graphs.observe(
                GRAPH,
                new ObservedGraph(GraphPhase.RUNNING, List.of(), seen, 1, 1, 1, List.of()),
                TransactionalWrites.NOTHING);

        assertThat(graphs.outlines("p1", "", "", 1).get(0).behind()).containsExactlyInAnyOrder("behind", "never-seen");
        database.stores().forget();
        assertThat(graphs.outlines("p1", "", "", 1).get(0).behind()).containsExactlyInAnyOrder("behind", "never-seen");
    }

    private static ObservedService followed(long assignment) {
        return new ObservedService(ServiceState.DEPLOYED, List.of(), assignment, Optional.empty(), List.of(), "");
    }

    @Test
    void graphsThatAreBeingRemovedDoNotMakeAPageManyStatements() {
        int leaving = 1_500;
        graphs.insert(Samples.desired(Samples.graph("a")), TransactionalWrites.NOTHING);
        for (int i = 0; i < leaving; i++) {
            graphs.insert(Samples.desired(Samples.graph("m%04d".formatted(i))), TransactionalWrites.NOTHING);
        }
        graphs.insert(Samples.desired(Samples.graph("z")), TransactionalWrites.NOTHING);
        database.execute("update desired set state = 'REMOVED' where name like 'm%'");
        long before = database.stores().statements();

        assertThat(names(graphs.outlines("p1", "", "", 2))).containsExactly("a", "z");
        assertThat(database.stores().statements() - before).isLessThanOrEqualTo(10);
        assertThat(names(graphs.outlines("p1", "", "", 1))).containsExactly("a");
    }

    @Test
    void aListShowsWhatWasStoredLastWhetherItIsInMemoryOrNot() {
        for (String name : List.of("a", "b", "c")) {
            graphs.insert(Samples.desired(Samples.graph(name)), TransactionalWrites.NOTHING);
        }
        database.stores().forget();
        assertThat(graphs.outlines("p1", "", "", 3)).hasSize(3);
        ObservedGraph running = new ObservedGraph(GraphPhase.RUNNING, List.of(), Map.of(), 1, 1, 1, List.of());
        graphs.observe(Samples.graph("b"), running, TransactionalWrites.NOTHING);
        graphs.find(Samples.graph("c"));
        graphs.observe(Samples.graph("c"), running, TransactionalWrites.NOTHING);
        graphs.delete(Samples.graph("a"), TransactionalWrites.NOTHING);
        graphs.insert(Samples.desired(Samples.graph("bb")), TransactionalWrites.NOTHING);

        assertThat(graphs.outlines("p1", "", "", 5))
                .extracting(outline -> outline.id().name() + " " + outline.phase())
                .containsExactly("b RUNNING", "bb PENDING", "c RUNNING");
    }

    @Test
    void aPageIsTwoStatementsThatReadNothingBeyondItAndOneOfWhatIsInMemory() {
        for (String name : List.of("a", "b-1", "b-2", "c", "d")) {
            graphs.insert(Samples.desired(Samples.graph(name)), TransactionalWrites.NOTHING);
        }
        graphs.insert(Samples.desired(new GraphId("p2", "b-3")), TransactionalWrites.NOTHING);
        // reading one of these would fail
        database.execute("update desired set services = '\"no list\"' where name in ('a', 'd')");
        database.execute("update desired set descriptor = '\"no descriptor\"'");
        long before = database.stores().statements();

        assertThat(names(graphs.outlines("p1", "a", "", 3))).containsExactly("b-1", "b-2", "c");
        assertThat(database.stores().statements() - before).isEqualTo(2);
        assertThat(names(graphs.outlines("p1", "a", "", 3))).containsExactly("b-1", "b-2", "c");
        assertThat(database.stores().statements() - before).isEqualTo(3);
        assertThat(names(graphs.outlines("p1", "", "b-", 2))).containsExactly("b-1", "b-2");
        assertThat(names(graphs.outlines("p1", "b-1", "b-", 1))).containsExactly("b-2");
        assertThat(names(graphs.outlines("p2", "", "", 3))).containsExactly("b-3");
        assertThat(names(graphs.outlines("p2", "b-3", "", 3))).isEmpty();
    }

    @Test
    void noNameIsBetweenAPrefixAndTheSameWithNul() {
        graphs.insert(Samples.desired(Samples.graph("a")), TransactionalWrites.NOTHING);
        graphs.insert(Samples.desired(Samples.graph("ab")), TransactionalWrites.NOTHING);

        assertThat(names(graphs.outlines("p1", "a\0z", "", 3))).containsExactly("ab");
        assertThat(graphs.outlines("p1", "", "a\0", 3)).isEmpty();
    }

    @Test
    void whatIsBeingRemovedIsInNoPageNoListOfNamesAndNotCounted() {
        graphs.insert(Samples.desired(Samples.graph("a")), TransactionalWrites.NOTHING);
        graphs.insert(Samples.desired(Samples.graph("b")), TransactionalWrites.NOTHING);
        graphs.insert(Samples.desired(new GraphId("p2", "c")), TransactionalWrites.NOTHING);
        assertThat(graphs.projects()).isEqualTo(Map.of("p1", 2L, "p2", 1L));

        database.execute("update desired set state = 'REMOVED' where name in ('a', 'c')");

        assertThat(names(graphs.outlines("p1", "", "", 1))).containsExactly("b");
        assertThat(names(graphs.outlines("p1", "", "", 3))).containsExactly("b");
        assertThat(graphs.names("p1")).containsExactly("b");
        assertThat(graphs.projects()).isEqualTo(Map.of("p1", 1L));
        assertThat(graphs.ids("p1")).hasSize(2);
    }

    private static List<String> names(List<GraphOutline> outlines) {
        return outlines.stream().map(outline -> outline.id().name()).toList();
    }

    @Test
    void idsAndSummariesDoNotReadDescriptors_F03() {
        graphs.insert(Samples.desired(GRAPH), TransactionalWrites.NOTHING);
        database.execute("update desired set descriptor = '\"no descriptor\"'");

        assertThatThrownBy(graphs::list).hasMessageContaining("expected");
        assertThat(graphs.ids()).containsExactly(GRAPH);
        assertThat(graphs.summaries(Optional.empty(), 10))
                .extracting(GraphSummary::id)
                .containsExactly(GRAPH);
    }

    @Test
    void holdersOfServiceIdsAreFoundInAllProjects() {
        graphs.insert(
                Samples.retiring(Samples.desired(Samples.graph("retires"), 1, List.of("b")), Map.of("former", "HELM")),
                TransactionalWrites.NOTHING);
        graphs.insert(Samples.desired(Samples.graph("other"), 1, List.of("a", "c")), TransactionalWrites.NOTHING);
        graphs.insert(Samples.desired(new GraphId("p2", "far"), 1, List.of("a")), TransactionalWrites.NOTHING);
        // reading graphs would fail
        database.execute("update desired set services = '\"no list\"'");

        assertThat(graphs.holders(List.of("a", "former", "x\0")))
                .containsExactly(Samples.graph("other"), Samples.graph("retires"), new GraphId("p2", "far"));
        assertThat(graphs.holders(List.of("nobody"))).isEmpty();
        assertThat(graphs.holders(List.of())).isEmpty();
    }

    @Test
    void holdersOfServiceIdsAreFoundWithoutReadingOtherGraphs_F01() {
        Desired retires =
                Samples.retiring(Samples.desired(Samples.graph("retires"), 1, List.of("b")), Map.of("former", "HELM"));
        graphs.insert(retires, TransactionalWrites.NOTHING);
        graphs.insert(Samples.desired(Samples.graph("other"), 1, List.of("a", "c")), TransactionalWrites.NOTHING);
        graphs.insert(
                Samples.desired(new GraphId("p2", "far"), 1, List.of("a", "former")), TransactionalWrites.NOTHING);
        // reading this one would fail
        graphs.insert(Samples.desired(Samples.graph("unasked"), 1, List.of("x")), TransactionalWrites.NOTHING);
        database.execute("update desired set services = '\"no list\"' where name = 'unasked'");

        assertThat(graphs.holding(GRAPH, List.of("a", "former", "new")))
                .extracting(summary -> summary.id().name())
                .containsExactly("other", "retires");
        assertThat(graphs.holding(retires.id(), List.of()))
                .containsExactly(GraphSummary.from(found(retires.id()).orElseThrow()));
        assertThat(graphs.holding(GRAPH, List.of("new"))).isEmpty();
    }

    @Test
    void refusesAGraphNameThatIsTakenInTheProjectOnly_D21() {
        graphs.insert(Samples.desired(GRAPH), TransactionalWrites.NOTHING);

        assertThatThrownBy(() -> graphs.insert(Samples.desired(GRAPH, 1, List.of("x")), TransactionalWrites.NOTHING))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT))
                .hasMessage("Graph 'g' exists already in project 'p1'. Choose another name, or update it.");
        graphs.insert(Samples.desired(new GraphId("p2", "g")), TransactionalWrites.NOTHING);
        assertThat(graphs.findByName("g")).hasSize(2);
    }

    @Test
    void refusesAServiceIdThatIsTakenInTheProjectOnly_beforeAnythingIsStored_D21() {
        graphs.insert(Samples.desired(Samples.graph("owner"), 1, List.of("a", "b")), TransactionalWrites.NOTHING);

        assertThatThrownBy(() ->
                        graphs.insert(Samples.desired(GRAPH, 1, List.of("c", "b", "a")), TransactionalWrites.NOTHING))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT))
                .hasMessageStartingWith("Service 'b' belongs to graph 'owner' of project 'p1' already.");
        assertThat(found(GRAPH)).isEmpty();
        assertThat(database.rows("service")).isEqualTo(2);
        graphs.insert(Samples.desired(new GraphId("p2", "g"), 1, List.of("a", "b")), TransactionalWrites.NOTHING);
    }

    @Test
    void updatesOnlyTheRevisionThatTheWriterKnows() {
        graphs.insert(Samples.desired(GRAPH), TransactionalWrites.NOTHING);
        Desired next = Samples.desired(GRAPH, 2, List.of("new"));

        assertThat(graphs.update(next, TransactionalWrites.NOTHING)).isTrue();
        assertThat(graphs.update(next, TransactionalWrites.NOTHING)).isFalse();
        assertThat(graphs.update(Samples.desired(GRAPH, 4, List.of()), TransactionalWrites.NOTHING))
                .isFalse();
        assertThat(graphs.update(Samples.desired(Samples.graph("nobody"), 2, List.of()), TransactionalWrites.NOTHING))
                .isFalse();
        assertThat(found(GRAPH).orElseThrow().desired()).isEqualTo(next);
    }

    @Test
    void anUpdateMovesTheServiceIdsAlong() {
        graphs.insert(Samples.desired(GRAPH, 1, List.of("a", "b")), TransactionalWrites.NOTHING);
        graphs.insert(Samples.desired(Samples.graph("h"), 1, List.of("c")), TransactionalWrites.NOTHING);

        assertThatThrownBy(
                        () -> graphs.update(Samples.desired(GRAPH, 2, List.of("a", "c")), TransactionalWrites.NOTHING))
                .hasMessageStartingWith("Service 'c' belongs to graph 'h'");
        assertThat(found(GRAPH).orElseThrow().desired().revision()).isEqualTo(1);
        assertThat(graphs.update(Samples.desired(GRAPH, 2, List.of("a")), TransactionalWrites.NOTHING))
                .isTrue();
        graphs.insert(Samples.desired(Samples.graph("i"), 1, List.of("b")), TransactionalWrites.NOTHING);
    }

    @Test
    void aDecisionEndsTheProvisionalTime() {
        graphs.insert(Samples.full(GRAPH), TransactionalWrites.NOTHING);
        assertThat(graphs.commit(GRAPH, 3, Samples.decided(1), Map.of(), Optional.empty(), TransactionalWrites.NOTHING))
                .isEqualTo(CommitResult.STORED);

        Desired found = found(GRAPH).orElseThrow().desired();
        assertThat(found.provisional()).isFalse();
        assertThat(found.revision()).isEqualTo(3);
    }

    @Test
    void aDecisionAboutAnOldRevisionOrAGoneGraphIsStaleAndLeavesNoTrace() {
        database.stores().capacity().setLimits(Samples.cpu(Samples.C1, 1000));
        graphs.insert(Samples.desired(GRAPH), TransactionalWrites.NOTHING);
        Optional<DecisionRecord> record = Optional.of(Samples.decision(GRAPH, 1, Optional.of(Samples.snapshot("s"))));

        assertThat(graphs.commit(
                        GRAPH, 2, Samples.decided(1), Samples.cpu(Samples.C1, 1), record, TransactionalWrites.NOTHING))
                .isEqualTo(CommitResult.STALE);
        assertThat(graphs.commit(
                        Samples.graph("x"),
                        1,
                        Samples.decided(1),
                        Samples.cpu(Samples.C1, 1),
                        record,
                        TransactionalWrites.NOTHING))
                .isEqualTo(CommitResult.STALE);
        assertThat(found(GRAPH).orElseThrow().decided()).isEmpty();
        assertThat(database.stores().capacity().reserved()).isEmpty();
        assertThat(database.rows("decision") + database.rows("snapshot")).isZero();
    }

    @Test
    void deletingTakesEverythingButTheDecisions() {
        database.stores().capacity().setLimits(Samples.cpu(Samples.C1, 1000));
        graphs.insert(Samples.full(GRAPH), TransactionalWrites.NOTHING);
        graphs.commit(
                GRAPH,
                3,
                Samples.decided(1),
                Samples.cpu(Samples.C1, 700),
                Optional.of(Samples.decision(GRAPH, 1, Optional.empty())),
                TransactionalWrites.NOTHING);
        graphs.delete(GRAPH, TransactionalWrites.NOTHING);
        graphs.delete(GRAPH, TransactionalWrites.NOTHING);
        graphs.observe(GRAPH, Samples.observed(), TransactionalWrites.NOTHING);

        assertThat(found(GRAPH)).isEmpty();
        for (String table : List.of("service", "decided", "observed", "reservation")) {
            assertThat(database.rows(table)).as(table).isZero();
        }
        assertThat(database.stores().capacity().reserved()).isEmpty();
        assertThat(database.stores().decisions().count()).isEqualTo(1);
    }

    @Test
    void releasingGivesBackTheReservationAndKeepsTheGraph() {
        database.stores().capacity().setLimits(Map.of(Samples.C1, new Resources(1000, 1000, 0, 0)));
        graphs.insert(Samples.desired(GRAPH), TransactionalWrites.NOTHING);
        graphs.commit(
                GRAPH,
                1,
                Samples.decided(1),
                Map.of(Samples.C1, new Resources(700, 5, 0, 0)),
                Optional.empty(),
                TransactionalWrites.NOTHING);
        graphs.release(GRAPH);
        graphs.release(Samples.graph("nobody"));

        assertThat(database.stores().capacity().reservedBy(GRAPH)).isEmpty();
        assertThat(database.stores().capacity().reserved()).isEmpty();
        assertThat(found(GRAPH).orElseThrow().decided()).isPresent();
    }
}
