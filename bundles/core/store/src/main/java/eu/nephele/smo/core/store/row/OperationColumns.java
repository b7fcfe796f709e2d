// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Times;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import java.time.Instant;

/** Operations in the table {@code operation}. */
public final class OperationColumns {

    private static final String NAMES =
            "target, project, name, kind, state, is_open, created_at, updated_at, details, id";

    public static final String SELECT = "select " + NAMES + " from operation";
    public static final String INSERT =
            "insert into operation (" + NAMES + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
    /** Leaves alone what is final. */
    public static final String UPDATE =
            "update operation set target = ?, project = ?, name = ?, kind = ?, state = ?, is_open = ?, created_at = ?, updated_at = ?,"
                    + " details = ? where id = ? and is_open = true";

    private OperationColumns() {}

    public static Object[] toRow(Operation operation) {
        return new Object[] {
            operation.target().kind(),
            operation.target().project(),
            operation.target().name(),
            operation.kind().name(),
            operation.state().name(),
            !operation.state().isFinal(),
            InstantColumn.text(operation.createdAt()),
            InstantColumn.text(operation.updatedAt()),
            StoredOperationJson.details(operation).toJson(),
            operation.id()
        };
    }

    public static Operation operation(Object... row) {
        RowReader rowReader = new RowReader(row);
        var target = rowReader.resource();
        var kind = Operation.Kind.valueOf(rowReader.text());
        var state = Operation.State.valueOf(rowReader.text());
        rowReader.flag();
        var createdAt = rowReader.instant();
        var updatedAt = rowReader.instant();
        JsonFieldReader details = JsonFieldReader.from(rowReader.json());
        return new Operation(
                rowReader.text(),
                kind,
                // of a former version, which had it there
                details.optional("cluster")
                        .map(cluster ->
                                ResourceRef.of(JsonFieldReader.from(cluster).cluster()))
                        .orElse(target),
                state,
                details.number("generation"),
                details.number("wish"),
                StoredOperationJson.origin(details.value("origin")),
                new Times(
                        createdAt, updatedAt, details.optionalText("finishedAt").map(Instant::parse)),
                StoredOperationJson.steps(details.value("steps")),
                StoredOperationJson.stages(details.value("stages")),
                StoredOperationJson.fault(details.value("error")),
                details.text("message"));
    }

    /** @param row id, fingerprint, operation and creation */
    public static IdempotencyRecord key(Object... row) {
        RowReader rowReader = new RowReader(row);
        return new IdempotencyRecord(rowReader.text(), rowReader.text(), rowReader.text(), rowReader.instant());
    }
}
