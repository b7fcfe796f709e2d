// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.store.ShadowStore;
import eu.nephele.smo.core.store.row.RowReader;
import eu.nephele.smo.core.store.row.ShadowRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.persistence.LockModeType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shadows in the table {@code shadow}, what they came to in {@code shadow_comparison}. */
@Component(service = ShadowStore.class)
public final class JpaShadowStore implements ShadowStore {

    private final Transactions transactions;

    @Activate
    public JpaShadowStore(@Reference Database database) {
        this.transactions = database.transactions();
    }

    @Override
    public void save(Shadow shadow) {
        transactions.write("store shadow " + shadow.id(), entities -> {
            entities.merge(new ShadowRow(shadow));
            return true;
        });
    }

    @Override
    public List<Shadow> list() {
        return transactions.read("read the shadows", entities -> entities.createQuery(
                        "select s from ShadowRow s order by s.id", ShadowRow.class)
                .getResultStream()
                .map(ShadowRow::shadow)
                .toList());
    }

    @Override
    public Optional<Shadow> find(String id) {
        return transactions.read(
                "read shadow " + id, entities -> Optional.ofNullable(entities.find(ShadowRow.class, id))
                        .map(ShadowRow::shadow));
    }

    @Override
    public void remove(String id) {
        transactions.write(
                "remove shadow " + id, entities -> entities.createQuery("delete from ShadowRow s where s.id = :id")
                        .setParameter("id", id)
                        .executeUpdate());
    }

    @Override
    public void append(String shadow, List<JsonObject> comparisons, int most) {
        transactions.write("store comparisons of shadow " + shadow, entities -> {
            // Locked: it may be removed at the same time, with its comparisons.
            if (entities.find(ShadowRow.class, shadow, LockModeType.PESSIMISTIC_WRITE) == null) {
                return 0;
            }
            Sql sql = new Sql(entities);
            List<@Nullable Object[]> rows = new ArrayList<>(comparisons.size());
            comparisons.forEach(comparison -> rows.add(new Object[] {shadow, comparison.toJson()}));
            sql.batch("insert into shadow_comparison (shadow, content) values (?, ?)", rows);
            return sql.update(
                    "delete from shadow_comparison where shadow = ?1 and ordinal not in (select ordinal from"
                            + " shadow_comparison where shadow = ?1 order by ordinal desc fetch first " + most
                            + " rows only)",
                    shadow);
        });
    }

    @Override
    public List<JsonObject> comparisons(String shadow, int limit) {
        return transactions.read("read comparisons of shadow " + shadow, entities -> new Sql(entities)
                        .values(
                                "select content from shadow_comparison where shadow = ?1 order by ordinal desc"
                                        + " fetch first " + limit + " rows only",
                                shadow)
                        .stream()
                        .map(content -> new RowReader(content).object())
                        .toList());
    }
}
