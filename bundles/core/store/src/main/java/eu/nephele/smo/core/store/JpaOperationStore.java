// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.store.row.InstantColumn;
import eu.nephele.smo.core.store.row.OperationColumns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.persistence.EntityManager;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Operations in the table {@code operation}, keys of requests in {@code idempotency_key}. */
@Component(service = OperationStore.class)
public final class JpaOperationStore implements OperationStore {

    private final Transactions transactions;

    @Activate
    public JpaOperationStore(@Reference Database database) {
        this.transactions = database.transactions();
    }

    @Override
    public void save(List<Operation> operations) {
        transactions.write("store " + operations.size() + " operations", entities -> {
            OperationTable.save(entities, operations);
            return true;
        });
    }

    @Override
    public void accept(Operation operation, IdempotencyRecord key) {
        transactions.write("store operation " + operation.id(), entities -> {
            OperationTable.claim(entities, key);
            OperationTable.save(entities, List.of(operation));
            return true;
        });
    }

    @Override
    public Optional<Operation> find(String id) {
        return transactions.read("read operation " + id, entities -> operations(entities, " where id = ?1", id).stream()
                .findFirst());
    }

    @Override
    public List<Operation> open() {
        return transactions.read(
                "read the open operations",
                entities -> operations(entities, " where is_open = ?1 order by is_open, id", true));
    }

    @Override
    public List<Operation> list(Query query) {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        query.target().ifPresent(target -> {
            parameters.add(target.kind());
            parameters.add(target.project());
            parameters.add(target.name());
            conditions.add("target = ?1 and project = ?2 and name = ?3");
        });
        query.kind().ifPresent(kind -> {
            parameters.add(kind.name());
            parameters.add(kind.project());
            conditions.add("target = ?%d and project = ?%d".formatted(parameters.size() - 1, parameters.size()));
        });
        query.beforeId().ifPresent(id -> {
            parameters.add(id);
            conditions.add("id < ?" + parameters.size());
        });
        if (query.openOnly()) {
            conditions.add("is_open = true");
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        return transactions.read(
                "read operations",
                entities -> operations(
                        entities,
                        where + " order by id desc fetch first " + query.limit() + " rows only",
                        parameters.toArray()));
    }

    private static List<Operation> operations(EntityManager entities, String condition, Object... parameters) {
        return new Sql(entities).list(OperationColumns::operation, OperationColumns.SELECT + condition, parameters);
    }

    @Override
    public Optional<IdempotencyRecord> findKey(String key) {
        return transactions.read("read an idempotency key", entities -> new Sql(entities)
                        .list(
                                OperationColumns::key,
                                "select id, fingerprint, operation, created_at from idempotency_key where id = ?1",
                                key)
                        .stream()
                        .findFirst());
    }

    @Override
    public long prune(Instant before, long maximum, Instant keysBefore) {
        new BatchedDelete(transactions, "prune the idempotency keys").run(entities -> new Sql(entities)
                .update(
                        "delete from idempotency_key where id in (select id from idempotency_key"
                                + " where created_at < ?1 order by created_at"
                                + BatchedDelete.first(BatchedDelete.STEP) + ")",
                        InstantColumn.text(keysBefore)));
        BatchedDelete batchedDelete = new BatchedDelete(transactions, "prune the operations");
        long old = batchedDelete.run(entities -> new Sql(entities)
                .update(
                        "delete from operation where id in (select id from operation"
                                + " where is_open = false and updated_at < ?1 order by is_open, updated_at"
                                + BatchedDelete.first(BatchedDelete.STEP) + ")",
                        InstantColumn.text(before)));
        return old + batchedDelete.run(entities -> removeOldest(new Sql(entities), maximum));
    }

    private static int removeOldest(Sql sql, long maximum) {
        long surplus = ((Number) sql.values("select count(*) from operation where is_open = false")
                                .get(0))
                        .longValue()
                - maximum;
        return surplus <= 0
                ? 0
                : sql.update("delete from operation where id in (select id from operation where is_open = false"
                        + " order by is_open, id" + BatchedDelete.first(surplus) + ")");
    }
}
