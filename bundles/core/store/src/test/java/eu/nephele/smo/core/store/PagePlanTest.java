// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that H2 reads for a page: it reports how often it advances an index. */
class PagePlanTest {

    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");
    private static final int GRAPHS = 60;
    private static final int LIMIT = 5;

    private final Opened database = TestDatabase.H2_MEMORY.empty();

    @AfterEach
    void stopCounting() {
        database.execute("set query_statistics false");
    }

    @Test
    void aPageReadsItsRowsHoweverManyGraphsTheProjectHas() throws SQLException {
        GraphStore graphs = database.stores().graphs();
        for (int i = 0; i < GRAPHS; i++) {
            graphs.insert(Samples.desired(Samples.graph("g%02d".formatted(i))), TransactionalWrites.NOTHING);
        }
        database.execute("set query_statistics true");
        database.stores().forget();
        assertThat(graphs.outlines("p1", "g10", "", LIMIT)).hasSize(LIMIT);

        assertFewAreScanned(analyzed(statement("select name from desired"), "p1", "g10", "", LIMIT));
        assertFewAreScanned(analyzed(statement("converged_generation"), "p1", "g11", "g15"));
    }

    @Test
    void aPageOfSummariesReadsItsRowsHoweverManyGraphsThereAre() throws SQLException {
        GraphStore graphs = database.stores().graphs();
        for (int i = 0; i < GRAPHS; i++) {
            graphs.insert(Samples.desired(Samples.graph("g%02d".formatted(i))), TransactionalWrites.NOTHING);
        }
        database.execute("set query_statistics true");
        assertThat(graphs.summaries(Optional.of(Samples.graph("g50")), LIMIT)).hasSize(LIMIT);

        assertFewAreScanned(analyzed(statement("undoing"), "p1", "g50", LIMIT, 0));
    }

    @Test
    void aPageOfOperationsReadsItsRowsHoweverManyThereAre() throws SQLException {
        OperationStore operations = database.stores().operations();
        for (int i = 0; i < GRAPHS; i++) {
            operations.save(List.of(
                    LifecycleSamples.operation(Samples.graph("g%02d".formatted(i)), i, Operation.State.RUNNING)));
        }
        database.execute("set query_statistics true");
        assertThat(operations.list(new OperationStore.Query(Optional.empty(), Optional.empty(), false, LIMIT)))
                .hasSize(LIMIT);

        assertFewAreScanned(analyzed(statement("from operation"), "p1", "g10", "", "REMOVED", LIMIT, 0));
    }

    @Test
    void countingPlacementsReadsThemOnlyHoweverManyOtherDecisionsThereAre() throws SQLException {
        Instant start = Instant.parse("2026-11-20T10:00:00Z");
        List<DecisionRecord> records = new ArrayList<>();
        for (int i = 0; i < GRAPHS; i++) {
            records.add(decision(start.plusSeconds(i), i % (GRAPHS / LIMIT) == 0 ? "placed" : "infeasible"));
        }
        database.stores().decisions().append(records);
        database.execute("set query_statistics true");
        HistorySpan span = new HistorySpan(start, start.plusSeconds(GRAPHS));
        assertThat(database.stores().history().activity(span, Duration.ofMinutes(1)))
                .hasSize(2);

        assertFewAreScanned(analyzed(
                statement("outcome = ''placed''"),
                span.from().toString(),
                span.until().toString()));
    }

    private static DecisionRecord decision(Instant at, String outcome) {
        return new DecisionRecord(
                "%016x".formatted(at.toEpochMilli()),
                DecisionKind.PLACEMENT,
                Samples.graph("g"),
                1,
                at,
                "deploy",
                new DecisionRecord.Strategy("first-fit", "1"),
                outcome,
                false,
                Duration.ZERO,
                Optional.empty(),
                JsonObject.EMPTY);
    }

    private static void assertFewAreScanned(String plan) {
        assertThat(SCANNED.matcher(plan).results().map(PagePlanTest::number))
                .as(plan)
                .isNotEmpty()
                .allMatch(scanned -> scanned <= 2 * LIMIT);
    }

    private static int number(MatchResult scanned) {
        return Integer.parseInt(scanned.group(1));
    }

    /** The statement as the store has sent it. */
    private String statement(String part) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("select sql_statement from information_schema.query_statistics"
                        + " where lower(sql_statement) like '%" + part + "%'")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private String analyzed(String query, Object... values) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement sql = connection.prepareStatement("explain analyze " + query)) {
            for (int i = 0; i < sql.getParameterMetaData().getParameterCount(); i++) {
                sql.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = sql.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
