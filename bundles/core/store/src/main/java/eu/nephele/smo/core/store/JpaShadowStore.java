// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.store.ShadowStore;
import eu.nephele.smo.core.store.row.ShadowColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            List<@Nullable Object[]> rows = new ArrayList<>();
            rows.add(ShadowColumns.toRow(shadow));
            new Sql(entities).upsert(ShadowColumns.UPDATE, ShadowColumns.INSERT, rows);
            return true;
        });
    }

    @Override
    public List<Shadow> list() {
        return transactions.read("read the shadows", entities -> new Sql(entities)
                .list(ShadowColumns::shadow, ShadowColumns.SELECT + " order by id"));
    }

    @Override
    public Optional<Shadow> find(String id) {
        return transactions.read("read shadow " + id, entities -> new Sql(entities)
                .list(ShadowColumns::shadow, ShadowColumns.SELECT + " where id = ?1", id).stream()
                        .findFirst());
    }

    @Override
    public void remove(String id) {
        transactions.write(
                "remove shadow " + id, entities -> new Sql(entities).update("delete from shadow where id = ?1", id));
    }

    @Override
    public void append(String shadow, List<JsonObject> comparisons, int most) {
        transactions.write("store comparisons of shadow " + shadow, entities -> {
            Sql sql = new Sql(entities);
            // Locked: it may be removed at the same time, with its comparisons.
            if (sql.values("select id from shadow where id = ?1 for update", shadow)
                    .isEmpty()) {
                return 0;
            }
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
                        .map(ShadowColumns::comparison)
                        .toList());
    }
}
