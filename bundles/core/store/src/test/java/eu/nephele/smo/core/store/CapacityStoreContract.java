// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.Headroom;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger, on every database. */
abstract class CapacityStoreContract {

    private static final GraphId A = Samples.graph("a");
    private static final GraphId B = Samples.graph("b");

    private final TestDatabase kind;
    private Opened database;
    private CapacityStore capacity;

    CapacityStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        capacity = database.stores().capacity();
        database.stores().graphs().insert(Samples.desired(A), TransactionalWrites.NOTHING);
        database.stores().graphs().insert(Samples.desired(B), TransactionalWrites.NOTHING);
    }

    private CommitResult reserve(GraphId graph, Map<ClusterId, Resources> reservation) {
        return database.stores()
                .graphs()
                .commit(graph, 1, Samples.decided(1), reservation, Optional.empty(), TransactionalWrites.NOTHING);
    }

    private CommitResult reserve(GraphId graph, Map<ClusterId, Resources> reservation, Headroom headroom) {
        return database.stores()
                .graphs()
                .commit(
                        graph,
                        1,
                        Samples.decided(1),
                        reservation,
                        headroom,
                        Optional.empty(),
                        TransactionalWrites.NOTHING);
    }

    @Test
    void everyKindOfResourceIsKeptAndSummedPerCluster() {
        Resources some = new Resources(500, 1L << 40, 3, 1, Map.of("nvidia.com/mig-1g.5gb", 2L));
        capacity.setLimits(Map.of(Samples.C1, some.times(3), Samples.OTHER_C1, some));

        assertThat(reserve(A, Map.of(Samples.C1, some, Samples.OTHER_C1, some))).isEqualTo(CommitResult.STORED);
        assertThat(reserve(B, Map.of(Samples.C1, some.times(2)))).isEqualTo(CommitResult.STORED);
        assertThat(capacity.reservedBy(A)).isEqualTo(Map.of(Samples.C1, some, Samples.OTHER_C1, some));
        assertThat(capacity.reserved()).isEqualTo(Map.of(Samples.C1, some.times(3), Samples.OTHER_C1, some));
    }

    @Test
    void theRebuildTellsWhatEachGraphHasReserved() {
        GraphId elsewhere = new GraphId("other", A.name());
        database.stores().graphs().insert(Samples.desired(elsewhere), TransactionalWrites.NOTHING);
        Resources some = new Resources(500, 1L << 40, 3, 1, Map.of("nvidia.com/mig-1g.5gb", 2L));
        capacity.setLimits(Map.of(Samples.C1, some.times(5), Samples.OTHER_C1, some));
        reserve(A, Map.of(Samples.C1, some, Samples.OTHER_C1, some));
        reserve(elsewhere, Map.of(Samples.C1, some));

        assertThat(capacity.rebuild())
                .isEqualTo(Map.of(
                        A, Map.of(Samples.C1, some, Samples.OTHER_C1, some),
                        elsewhere, Map.of(Samples.C1, some)));
    }

    @Test
    void theLastUnitIsGivenAndNotOneMore() {
        capacity.setLimits(Samples.cpu(Samples.C1, 1000));

        assertThat(reserve(A, Samples.cpu(Samples.C1, 400))).isEqualTo(CommitResult.STORED);
        assertThat(reserve(B, Samples.cpu(Samples.C1, 601))).isEqualTo(CommitResult.NO_CAPACITY);
        assertThat(capacity.reserved()).isEqualTo(Samples.cpu(Samples.C1, 400));
        assertThat(database.stores().graphs().find(B).orElseThrow().decided()).isEmpty();
        assertThat(reserve(B, Samples.cpu(Samples.C1, 600))).isEqualTo(CommitResult.STORED);
    }

    @Test
    void oneResourceThatDoesNotFitRefusesThemAll() {
        capacity.setLimits(Map.of(Samples.C1, new Resources(1000, 1000, 0, 0), Samples.C2, new Resources(5, 0, 0, 0)));

        assertThat(reserve(A, Map.of(Samples.C1, new Resources(10, 10, 0, 1)))).isEqualTo(CommitResult.NO_CAPACITY);
        assertThat(reserve(A, Map.of(Samples.C1, new Resources(10, 0, 0, 0), Samples.C2, new Resources(6, 0, 0, 0))))
                .isEqualTo(CommitResult.NO_CAPACITY);
        assertThat(capacity.reserved()).isEmpty();
    }

    @Test
    void aClusterWithoutALimitHasNothingToGive() {
        assertThat(reserve(A, Samples.cpu(Samples.C2, 1))).isEqualTo(CommitResult.NO_CAPACITY);
        assertThat(reserve(A, Map.of(Samples.C2, Resources.NONE))).isEqualTo(CommitResult.STORED);
        assertThat(capacity.reserved()).isEmpty();
    }

    @Test
    void aMoveCountsOnlyTheDifference() {
        capacity.setLimits(Map.of(Samples.C1, new Resources(1000, 0, 0, 0), Samples.C2, new Resources(1000, 0, 0, 0)));
        reserve(A, Samples.cpu(Samples.C1, 900));

        assertThat(reserve(A, Samples.cpu(Samples.C1, 1000))).isEqualTo(CommitResult.STORED);
        assertThat(reserve(A, Samples.cpu(Samples.C2, 1000))).isEqualTo(CommitResult.STORED);
        assertThat(capacity.reserved()).isEqualTo(Samples.cpu(Samples.C2, 1000));
    }

    @Test
    void aLimitBelowWhatIsReservedGivesNothingOutAndTakesBack() {
        capacity.setLimits(Samples.cpu(Samples.C1, 1000));
        reserve(A, Samples.cpu(Samples.C1, 900));
        capacity.setLimits(Samples.cpu(Samples.C1, 500));

        assertThat(reserve(B, Samples.cpu(Samples.C1, 1))).isEqualTo(CommitResult.NO_CAPACITY);
        assertThat(reserve(A, Samples.cpu(Samples.C1, 900))).isEqualTo(CommitResult.STORED);
        assertThat(reserve(A, Samples.cpu(Samples.C1, 800))).isEqualTo(CommitResult.STORED);
        assertThat(reserve(A, Samples.cpu(Samples.C1, 801))).isEqualTo(CommitResult.NO_CAPACITY);
    }

    @Test
    void aResourceThatALimitNamesNoMoreHasNothingToGive() {
        capacity.setLimits(Map.of(Samples.C1, new Resources(10, 0, 0, 4), Samples.C2, new Resources(10, 0, 0, 4)));
        capacity.setLimits(Map.of(Samples.C1, new Resources(10, 0, 0, 0)));

        assertThat(reserve(A, Map.of(Samples.C1, new Resources(1, 0, 0, 1)))).isEqualTo(CommitResult.NO_CAPACITY);
        assertThat(reserve(A, Map.of(Samples.C2, new Resources(1, 0, 0, 1)))).isEqualTo(CommitResult.STORED);
    }

    @Test
    void headroomTakesThePlaceOfTheLimitForWhichItWasJudged() {
        // 1000 less 300 that pods of A take beyond what A has reserved, and which are going to end
        Headroom headroom = new Headroom(Samples.cpu(Samples.C1, 700), Samples.cpu(Samples.C1, 1000));
        capacity.setLimits(Samples.cpu(Samples.C1, 700));
        reserve(A, Samples.cpu(Samples.C1, 300));
        reserve(B, Samples.cpu(Samples.C1, 400));

        assertThat(reserve(A, Samples.cpu(Samples.C1, 301))).isEqualTo(CommitResult.NO_CAPACITY);
        assertThat(reserve(A, Samples.cpu(Samples.C1, 601), headroom)).isEqualTo(CommitResult.NO_CAPACITY);
        assertThat(reserve(A, Samples.cpu(Samples.C1, 600), headroom)).isEqualTo(CommitResult.STORED);
        assertThat(capacity.reserved()).isEqualTo(Samples.cpu(Samples.C1, 1000));
        assertThat(reserve(B, Samples.cpu(Samples.C1, 401))).isEqualTo(CommitResult.NO_CAPACITY);
    }

    @Test
    void headroomThatWasJudgedForAnotherLimitIsNone() {
        // the pods have ended and foreign ones have come: the limit shows it, and the headroom is older
        Headroom headroom = new Headroom(Samples.cpu(Samples.C1, 700), Samples.cpu(Samples.C1, 1000));
        capacity.setLimits(Samples.cpu(Samples.C1, 800));

        assertThat(reserve(A, Samples.cpu(Samples.C1, 801), headroom)).isEqualTo(CommitResult.NO_CAPACITY);
        assertThat(reserve(A, Samples.cpu(Samples.C1, 800), headroom)).isEqualTo(CommitResult.STORED);
        assertThat(reserve(A, Samples.cpu(Samples.C2, 1), headroom)).isEqualTo(CommitResult.NO_CAPACITY);
    }

    @Test
    void nothingExhaustsAnUnlimitedCapacity() {
        capacity.setLimits(Map.of(Samples.C1, new Resources(0, 0, 0, Resources.UNLIMITED)));
        Resources all = new Resources(0, 0, 0, Resources.UNLIMITED);
        Resources some = new Resources(0, 0, 0, 7);

        assertThat(reserve(A, Map.of(Samples.C1, all))).isEqualTo(CommitResult.STORED);
        assertThat(reserve(B, Map.of(Samples.C1, some))).isEqualTo(CommitResult.STORED);
        assertThat(capacity.reserved()).isEqualTo(Map.of(Samples.C1, all));
        database.stores().graphs().release(A);
        assertThat(capacity.reserved()).isEqualTo(Map.of(Samples.C1, some));
    }

    @Test
    void anUnlimitedRequestNeedsAnUnlimitedCapacity() {
        capacity.setLimits(Map.of(Samples.C1, new Resources(0, 0, 0, Resources.UNLIMITED - 1)));

        assertThat(reserve(A, Map.of(Samples.C1, new Resources(0, 0, 0, Resources.UNLIMITED))))
                .isEqualTo(CommitResult.NO_CAPACITY);
    }

    @Test
    void rebuildingRepairsTheSums() {
        capacity.setLimits(Samples.cpu(Samples.C1, 1000));
        reserve(A, Samples.cpu(Samples.C1, 300));
        reserve(B, Samples.cpu(Samples.C1, 200));
        database.execute("update capacity set reserved = 999");
        capacity.rebuild();
        assertThat(capacity.reserved()).isEqualTo(Samples.cpu(Samples.C1, 500));

        database.execute("delete from capacity");
        capacity.rebuild();
        assertThat(capacity.reserved()).isEqualTo(Samples.cpu(Samples.C1, 500));
        assertThat(reserve(A, Samples.cpu(Samples.C1, 301))).isEqualTo(CommitResult.NO_CAPACITY);
    }
}
