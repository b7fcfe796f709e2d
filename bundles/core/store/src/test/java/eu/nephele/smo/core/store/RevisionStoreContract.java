// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.RevisionStore;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Descriptors, on every database. */
abstract class RevisionStoreContract {

    private static final GraphId GRAPH = Samples.graph("g");

    private final TestDatabase kind;
    private Opened database;
    private GraphStore graphs;
    private RevisionStore revisions;

    RevisionStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        graphs = database.stores().graphs();
        revisions = database.stores().revisions();
    }

    /** A graph whose present descriptor has this number, and which has all the earlier ones. */
    private void graphWithRevisions(GraphId graph, int count) {
        graphs.insert(Samples.desired(graph), TransactionalWrites.NOTHING.with(LifecycleSamples.revision(graph, 1)));
        for (int number = 2; number <= count; number++) {
            graphs.update(
                    Samples.descriptorRevision(Samples.desired(graph, number, List.of()), number),
                    TransactionalWrites.NOTHING.with(LifecycleSamples.revision(graph, number)));
        }
    }

    @Test
    void keepsEveryFieldNewestFirstAndGoesWithTheGraph() {
        graphWithRevisions(GRAPH, 3);
        graphWithRevisions(Samples.graph("h"), 1);

        assertThat(revisions.list(GRAPH))
                .containsExactly(
                        LifecycleSamples.revision(GRAPH, 3),
                        LifecycleSamples.revision(GRAPH, 2),
                        LifecycleSamples.revision(GRAPH, 1));
        assertThat(revisions.find(GRAPH, 2)).contains(LifecycleSamples.revision(GRAPH, 2));
        assertThat(revisions.find(GRAPH, 4)).isEmpty();
        graphs.delete(GRAPH, TransactionalWrites.NOTHING);
        assertThat(revisions.list(GRAPH)).isEmpty();
        assertThat(revisions.list(Samples.graph("h"))).hasSize(1);
    }

    @Test
    void prunesTheOldestOfEachGraphButNotThePresentOneAndTheOneToGoBackTo() {
        graphWithRevisions(GRAPH, 9);
        graphs.update(
                Samples.descriptorRevision(Samples.desired(GRAPH, 10, List.of()), 3), TransactionalWrites.NOTHING);
        graphs.observe(GRAPH, Samples.observed(), TransactionalWrites.NOTHING);
        graphWithRevisions(Samples.graph("h"), 2);

        assertThat(Samples.observed().goodRevision()).isEqualTo(4);
        assertThat(revisions.prune(2)).isEqualTo(5);
        assertThat(revisions.list(GRAPH)).extracting(Revision::number).containsExactly(9L, 8L, 4L, 3L);
        assertThat(revisions.list(Samples.graph("h"))).hasSize(2);
        assertThat(revisions.prune(2)).isZero();
        assertThat(revisions.prune(0)).isEqualTo(3);
        assertThat(revisions.list(Samples.graph("h")))
                .extracting(Revision::number)
                .containsExactly(2L);
    }
}
