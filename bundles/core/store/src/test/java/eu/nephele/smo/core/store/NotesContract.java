// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.store.AlertStore.AlertState;
import eu.nephele.smo.core.contract.store.ClusterStore.ClusterNote;
import eu.nephele.smo.core.contract.store.TombstoneStore.Tombstone;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans, alerts, clusters and what has no owner, on every database. */
abstract class NotesContract {

    private static final GraphId GRAPH = Samples.graph("g");

    private final TestDatabase kind;
    private Opened database;
    private Stores stores;

    NotesContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        stores = database.stores();
    }

    @Test
    void keepsEveryFieldOfPlansUntilTheyAreExpired() {
        stores.plans().insert(LifecycleSamples.plan("full", false));
        stores.plans().insert(LifecycleSamples.plan("empty", true));

        assertThat(stores.plans().find("full")).contains(LifecycleSamples.plan("full", false));
        assertThat(stores.plans().find("empty")).contains(LifecycleSamples.plan("empty", true));
        assertThat(stores.plans().find("nobody")).isEmpty();
        assertThat(stores.plans().prune(Samples.NOW.plusSeconds(600))).isZero();
        assertThat(stores.plans().prune(Samples.NOW.plusSeconds(601))).isEqualTo(2);
        assertThat(stores.plans().find("full")).isEmpty();
    }

    private static AlertState alert(GraphId graph, String fingerprint, boolean firing) {
        return new AlertState(graph, "detection", "person-seen", fingerprint, firing, Samples.NOW);
    }

    @Test
    void keepsTheStatesOfAlertsWithTheirEventsAsLongAsTheGraph() {
        stores.graphs().insert(Samples.desired(GRAPH), TransactionalWrites.NOTHING);
        stores.graphs().insert(Samples.desired(Samples.graph("h")), TransactionalWrites.NOTHING);
        stores.alerts()
                .save(
                        List.of(
                                alert(GRAPH, "1", true),
                                alert(GRAPH, "2", true),
                                alert(Samples.graph("h"), "1", true),
                                alert(Samples.graph("gone"), "1", true)),
                        List.of(LifecycleSamples.event(GRAPH, 1)));
        stores.alerts().save(List.of(alert(GRAPH, "2", false)), List.of());

        assertThat(stores.alerts().states(List.of(GRAPH, Samples.graph("gone"))))
                .containsExactly(alert(GRAPH, "1", true), alert(GRAPH, "2", false));
        assertThat(stores.alerts().states(List.of())).isEmpty();
        assertThat(database.rows("outbox")).isEqualTo(1);
        stores.alerts().forget(Samples.graph("h"));
        assertThat(stores.alerts().states(List.of(Samples.graph("h")))).isEmpty();
        stores.graphs().delete(GRAPH, TransactionalWrites.NOTHING);
        assertThat(database.rows("alert_state")).isZero();
    }

    @Test
    void aBurstOfAlertsIsStoredAtOnceAndReadInPieces() {
        List<AlertState> burst = new ArrayList<>();
        List<GraphId> graphs = new ArrayList<>();
        for (int i = 100; i < 350; i++) {
            GraphId graph = Samples.graph("g" + i);
            graphs.add(graph);
            stores.graphs().insert(Samples.desired(graph), TransactionalWrites.NOTHING);
            burst.add(alert(graph, "1", true));
            burst.add(alert(graph, "2", false));
        }
        stores.alerts().save(burst, List.of());

        assertThat(stores.alerts().states(graphs)).isEqualTo(burst);
    }

    @Test
    void keepsWhatIsKnownOfClustersWithTheEvents() {
        ClusterNote known = new ClusterNote(
                Samples.C1, false, Samples.NOW, true, true, "repair", Optional.of("op-1"), Samples.NOW.plusSeconds(1));
        ClusterNote other =
                new ClusterNote(Samples.OTHER_C1, true, Samples.NOW, false, false, "", Optional.empty(), Samples.NOW);
        ClusterNote later = new ClusterNote(
                Samples.C1, true, Samples.NOW, false, false, "", Optional.empty(), Samples.NOW.plusSeconds(2));
        stores.clusters().save(List.of(known, other), List.of(LifecycleSamples.clusterEvent("cluster.cordoned", 1)));
        assertThat(stores.clusters().list()).containsExactlyInAnyOrder(known, other);

        stores.clusters().save(List.of(later), List.of(LifecycleSamples.clusterEvent("cluster.uncordoned", 2)));
        stores.clusters().delete(Samples.OTHER_C1, List.of(LifecycleSamples.clusterEvent("cluster.left", 3)));
        assertThat(stores.clusters().list()).containsExactly(later);
        assertThat(stores.events().publish(10))
                .extracting(StoredEvent::type)
                .containsExactly("cluster.cordoned", "cluster.uncordoned", "cluster.left");
    }

    @Test
    void keepsWhenSomethingWithoutOwnerWasFoundFirst() {
        WorkloadRef workload = new WorkloadRef(GRAPH, "s");
        Tombstone first = new Tombstone(workload, "HELM", Samples.NOW);
        Tombstone again = new Tombstone(workload, "HELM", Samples.NOW.plusSeconds(60));
        Tombstone rule = new Tombstone(workload, "alert-rule", Samples.NOW.plusSeconds(1));
        stores.tombstones().put(first);
        stores.tombstones().put(again);
        stores.tombstones().put(rule);

        assertThat(stores.tombstones().list()).containsExactly(first, rule);
        stores.tombstones().delete(again);
        assertThat(stores.tombstones().list()).containsExactly(rule);
    }
}
