// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Opening, reopening and losing a database, on every kind. */
abstract class OpeningContract {

    private final TestDatabase kind;

    OpeningContract(TestDatabase kind) {
        this.kind = kind;
    }

    @Test
    void whatWasStoredIsThereAfterReopening() {
        Opened first = Opened.at(kind.newUrl());
        first.stores().graphs().insert(Samples.full(Samples.graph("g")), TransactionalWrites.NOTHING);
        String instance = first.stores().instance().instanceId();
        first.stores().close();
        Opened second = reopened(first);

        assertThat(UUID.fromString(instance)).isNotNull();
        assertThat(second.stores().instance().instanceId()).isEqualTo(instance);
        assertThat(second.stores().instance().reachable()).isTrue();
        assertThat(second.stores().graphs().list())
                .extracting(GraphRecord::desired)
                .containsExactly(Samples.full(Samples.graph("g")));
    }

    private static Opened reopened(Opened first) {
        try {
            return new Opened(first.dataSource(), Stores.open(first.dataSource()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesASchemaThatANewerProgramWrote() {
        Opened database = Opened.at(kind.newUrl());
        database.execute("insert into \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\","
                + " \"type\", \"script\", \"checksum\", \"installed_by\", \"execution_time\", \"success\")"
                + " values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', 1, true)");

        assertThatThrownBy(() -> Stores.open(database.dataSource()))
                .isInstanceOf(SchemaTooNewException.class)
                .hasMessageContaining("has version 99, this program knows versions up to 17.");
    }

    @Test
    void saysThatTheDatabaseIsAwayAndWhenToTryAgain() {
        Opened database = Opened.at(kind.newUrl());
        ((HikariDataSource) database.dataSource()).close();

        assertThat(database.stores().instance().reachable()).isFalse();
        assertThatThrownBy(() -> database.stores().graphs().list())
                .isInstanceOfSatisfying(SmoException.class, OpeningContract::isUnavailable)
                .hasMessageStartingWith("Could not read all graphs: the database failed");
        assertThatThrownBy(() -> database.stores()
                        .graphs()
                        .insert(Samples.desired(Samples.graph("g")), TransactionalWrites.NOTHING))
                .isInstanceOfSatisfying(SmoException.class, OpeningContract::isUnavailable)
                .hasMessageStartingWith("Could not store graph p1/g: ");
    }

    @Test
    void saysThatItIsClosed() {
        Opened database = Opened.at(kind.newUrl());
        database.stores().close();

        assertThatThrownBy(() -> database.stores().decisions().count())
                .isInstanceOfSatisfying(SmoException.class, OpeningContract::isUnavailable)
                .hasMessageStartingWith("The store is closed");
    }

    @Test
    void aValueThatCannotBeStoredIsTheFaultOfTheValue() {
        Opened database = kind.empty();
        String tooLong = "x".repeat(300);

        assertThatThrownBy(() -> database.stores()
                        .graphs()
                        .insert(Samples.desired(Samples.graph(tooLong)), TransactionalWrites.NOTHING))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.INVALID));
        assertThat(database.rows("desired")).isZero();
    }

    private static void isUnavailable(SmoException e) {
        assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
        assertThat(e.source()).isEqualTo("database");
        assertThat(e.retryAfter()).isPresent();
    }
}
