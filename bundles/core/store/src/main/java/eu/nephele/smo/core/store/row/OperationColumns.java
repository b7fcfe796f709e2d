// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.graph.Operation;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;

/** Operations in the table {@code operation}. */
public final class OperationColumns {

    private static final String NAMES =
            "project, name, plugin, kind, state, is_open, created_at, updated_at, details, id";

    public static final String SELECT = "select " + NAMES + " from operation";
    public static final String INSERT =
            "insert into operation (" + NAMES + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
    /** Leaves alone what is final. */
    public static final String UPDATE =
            "update operation set project = ?, name = ?, plugin = ?, kind = ?, state = ?, is_open = ?, created_at = ?, updated_at = ?,"
                    + " details = ? where id = ? and is_open = true";

    private OperationColumns() {}

    /** Values for {@link #INSERT} and {@link #UPDATE}. */
    public static Object[] of(Operation operation) {
        return new Object[] {
            operation.graph().map(GraphId::project).orElse(""),
            operation.graph().map(GraphId::name).orElse(""),
            operation.plugin().orElse(""),
            operation.kind().name(),
            operation.state().name(),
            !operation.state().isFinal(),
            InstantColumn.text(operation.createdAt()),
            InstantColumn.text(operation.updatedAt()),
            OperationJson.details(operation).toJson(),
            operation.id()
        };
    }

    /** @param row read with {@link #SELECT} */
    public static Operation operation(Object... row) {
        Columns columns = new Columns(row);
        var graph = columns.optionalGraph();
        var plugin = columns.optionalText();
        var kind = Operation.Kind.valueOf(columns.text());
        var state = Operation.State.valueOf(columns.text());
        columns.flag();
        var createdAt = columns.instant();
        var updatedAt = columns.instant();
        Fields details = Fields.of(columns.json());
        return new Operation(
                columns.text(),
                kind,
                graph,
                details.optional("cluster").map(Fields::of).map(Fields::cluster),
                plugin,
                state,
                details.number("generation"),
                details.number("wish"),
                OperationJson.origin(details.value("origin")),
                createdAt,
                updatedAt,
                details.optionalText("finishedAt").map(java.time.Instant::parse),
                OperationJson.steps(details.value("steps")),
                OperationJson.stages(details.value("stages")),
                OperationJson.fault(details.value("error")),
                details.text("message"));
    }

    /** @param row id, fingerprint, operation and creation */
    public static IdempotencyRecord key(Object... row) {
        Columns columns = new Columns(row);
        return new IdempotencyRecord(columns.text(), columns.text(), columns.text(), columns.instant());
    }
}
