// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database that the first version filled, on every kind. */
abstract class MigrationContract {

    private static final GraphId RUNNING = Samples.graph("running");
    private static final GraphId PENDING = Samples.graph("pending");

    private static final String OVERRIDE = "{\"placement\": {\"parameters\": {}, \"optional\": false},"
            + " \"scaling\": {\"parameters\": {}, \"optional\": false}}";
    private static final String WISH = "{\"reason\": \"REPLACE\", \"services\": [], \"override\": {\"parameters\": {},"
            + " \"optional\": false}, \"force\": false}";

    private final TestDatabase kind;

    MigrationContract(TestDatabase kind) {
        this.kind = kind;
    }

    private Opened filledByTheFirstVersion() throws SQLException {
        DataSource dataSource = ofVersion("1");
        for (GraphId graph : List.of(RUNNING, PENDING)) {
            fill(dataSource, graph);
        }
        return new Opened(dataSource, Stores.open(dataSource));
    }

    private DataSource ofVersion(String version) throws SQLException {
        DataSource dataSource = TestDatabase.dataSource(kind.newUrl());
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .placeholders(SqlDialect.from(dataSource).placeholders())
                .target(version)
                .load()
                .migrate();
        return dataSource;
    }

    private static void fill(DataSource dataSource, GraphId graph) throws SQLException {
        String key = "'%s', '%s'".formatted(graph.project(), graph.name());
        try (var connection = dataSource.getConnection();
                var sql = connection.createStatement()) {
            sql.execute(
                    "insert into desired (project, name, generation, revision, state, descriptor, services, provisional,"
                            + " override_strategies, wish_number, wish, activated, warnings, created_at, updated_at) values ("
                            + key + ", 4, 9, 'RUNNING', '{\"id\": \"" + graph.name() + "\"}', '[\"s-" + graph.name()
                            + "\"]', false, '" + OVERRIDE + "', 2, '" + WISH + "', '[]', '[\"w\"]', '" + Samples.NOW
                            + "', '"
                            + Samples.NOW + "')");
            sql.execute("insert into service (project, id, name) values ('p1', 's-" + graph.name() + "', '"
                    + graph.name() + "')");
            sql.execute("insert into observed (project, name, generation, phase, conditions, services) values (" + key
                    + ", 4, '" + (graph.equals(RUNNING) ? "RUNNING" : "PENDING") + "', '[]', '[{\"service\": \"s\","
                    + " \"state\": \"DEPLOYED\", \"readyReplicas\": 1, \"assignment\": 3, \"message\": \"\"}]')");
            if (graph.equals(RUNNING)) {
                sql.execute(
                        "insert into decided (project, name, generation, wish_number, assignment, placement, leaving,"
                                + " services, clusters, decision_id, strategies, keep_placement, warnings, decided_at) values ("
                                + key
                                + ", 4, 2, 3, '[{\"service\": \"s\", \"shares\": [{\"source\": \"sim\", \"name\": \"c1\","
                                + " \"replicas\": 1}]}]', '[]', '[]', '[]', 'd-1', '', '', '[]', '" + Samples.NOW
                                + "')");
                sql.execute("insert into capacity values ('sim', 'c1', 'cpu', 1000, 300, 0)");
                sql.execute("insert into reservation values (" + key + ", 'sim', 'c1', 'cpu', 300)");
            }
        }
    }

    @Test
    void graphsOfTheFirstVersionAreThereWithTheirDescriptorAsFirstRevision() throws SQLException {
        Stores stores = filledByTheFirstVersion().stores();

        GraphRecord running = stores.graphs().find(RUNNING).orElseThrow();
        assertThat(running.desired().retiring()).isEmpty();
        assertThat(running.desired().paused()).isFalse();
        assertThat(running.desired().declaration().revision()).isEqualTo(1);
        assertThat(running.desired().wish()).isEqualTo(RequestedPlacement.of(2, PlaceRequest.replace()));
        DecidedGraph decided = running.decided().orElseThrow();
        assertThat(decided.inTransit()).isFalse();
        assertThat(decided.transition().breakFirst()).isFalse();
        assertThat(decided.undoing()).isEmpty();
        assertThat(decided.homes()).isEmpty();
        assertThat(decided.moves()).isEmpty();
        assertThat(running.observed().convergedGeneration()).isEqualTo(4);
        assertThat(running.observed().goodRevision()).isEqualTo(1);
        assertThat(running.observed().drift()).isEmpty();
        assertThat(running.observed().services().get("s").settled()).isEmpty();

        ObservedGraph pending = stores.graphs().find(PENDING).orElseThrow().observed();
        assertThat(pending.convergedGeneration()).isZero();
        assertThat(pending.goodRevision()).isZero();
        Desired desired = running.desired();
        assertThat(stores.revisions().list(RUNNING))
                .containsExactly(new Revision(
                        RUNNING,
                        1,
                        StrictJson.parseObject("{\"id\": \"running\"}"),
                        desired.declaration().override(),
                        "deploy",
                        "",
                        Samples.NOW));
        assertThat(stores.revisions().list(PENDING)).hasSize(1);
        assertThat(stores.capacity().reservedBy(RUNNING)).isEqualTo(Samples.cpu(Samples.C1, 300));
        stores.close();
    }

    @Test
    void whatIsMigratedCanBeChanged() throws SQLException {
        Stores stores = filledByTheFirstVersion().stores();
        GraphRecord running = stores.graphs().find(RUNNING).orElseThrow();
        Desired next = Samples.descriptorRevision(Samples.desired(RUNNING, 10, List.of("s-running", "new")), 2);

        assertThat(stores.graphs()
                        .update(
                                next,
                                TransactionalWrites.of(List.of(LifecycleSamples.event(RUNNING, 1)), List.of())
                                        .with(LifecycleSamples.revision(RUNNING, 2))))
                .isTrue();
        stores.graphs().observe(RUNNING, running.observed(), TransactionalWrites.NOTHING);
        assertThat(stores.graphs().find(RUNNING).orElseThrow().desired()).isEqualTo(next);
        assertThat(stores.graphs().find(RUNNING).orElseThrow().observed()).isEqualTo(running.observed());
        assertThat(stores.events().publish(10)).hasSize(1);
        stores.graphs().delete(RUNNING, TransactionalWrites.NOTHING);
        assertThat(stores.capacity().reserved()).isEmpty();
        stores.close();
    }

    @Test
    void aWebhookOfBeforeHasNobodyWhoRegisteredItAndGetsEvents() throws SQLException {
        DataSource dataSource = ofVersion("10");
        try (var connection = dataSource.getConnection();
                var sql = connection.createStatement()) {
            sql.execute("insert into webhook (id, url, types, projects, secret, paused, created_at) values ('w',"
                    + " 'https://receiver.example/', '[]', '[]', 'env:SECRET', false, '" + Samples.NOW + "')");
        }
        Stores stores = Stores.open(dataSource);
        assertThat(stores.webhooks().find("w").orElseThrow().registeredBy()).isEmpty();

        stores.events().append(List.of(LifecycleSamples.event(RUNNING, 1)));
        stores.events().publish(10);
        assertThat(stores.webhooks().backlog("w").waiting()).isEqualTo(1);
        stores.close();
    }
}
