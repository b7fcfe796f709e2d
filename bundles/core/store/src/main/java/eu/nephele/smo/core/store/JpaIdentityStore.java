// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.store.IdentityStore;
import eu.nephele.smo.core.contract.store.StoredIdentity;
import eu.nephele.smo.core.contract.store.StoredIdentity.IdentityKey;
import eu.nephele.smo.core.store.row.IdentityColumns;
import eu.nephele.smo.core.store.row.InstantColumn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Identities: {@code identity_list} has one row, {@code identity} one for each, {@code identity_use} one for each that was used. */
@Component(service = IdentityStore.class)
public final class JpaIdentityStore implements IdentityStore {

    private final Transactions transactions;

    @Activate
    public JpaIdentityStore(@Reference Database database) {
        this.transactions = database.transactions();
    }

    @Override
    public long revision() {
        return transactions.read("read the revision of the identities", entities -> revision(new Sql(entities)));
    }

    private static long revision(Sql sql) {
        return sql.values("select revision from identity_list where id = 1").stream()
                .mapToLong(value -> ((Number) value).longValue())
                .findFirst()
                .orElse(0);
    }

    @Override
    public List<StoredIdentity> changedAfter(long revision) {
        return transactions.read("read the changes of the identities", entities -> new Sql(entities)
                .list(IdentityColumns::changed, IdentityColumns.CHANGED, revision));
    }

    @Override
    public long change(Map<IdentityKey, Optional<String>> contents) {
        return transactions.write("store identities", entities -> {
            Sql sql = new Sql(entities);
            sql.update("insert into identity_list (id, revision) values (1, 0) on conflict do nothing");
            sql.update("update identity_list set revision = revision + 1 where id = 1");
            long revision = revision(sql);
            contents.forEach((key, content) -> put(sql, key, revision, content));
            return revision;
        });
    }

    private static void put(Sql sql, IdentityKey key, long revision, Optional<String> content) {
        String text = content.orElse(null);
        int changed = sql.update(
                "update identity set revision = ?3, content = ?4, changed_at = current_timestamp where kind = ?1 and id = ?2",
                key.kind(),
                key.id(),
                revision,
                text);
        if (changed == 0) {
            sql.update(
                    "insert into identity (kind, id, revision, content, changed_at) values (?1, ?2, ?3, ?4, current_timestamp)",
                    key.kind(),
                    key.id(),
                    revision,
                    text);
        }
        if (content.isEmpty()) {
            sql.update("delete from identity_use where kind = ?1 and id = ?2", key.kind(), key.id());
        }
    }

    @Override
    public void used(Map<IdentityKey, Instant> times) {
        transactions.write("store when identities were used", entities -> {
            Sql sql = new Sql(entities);
            times.forEach((key, at) -> {
                String time = InstantColumn.text(at);
                if (sql.update(
                                "update identity_use set used_at = ?3 where kind = ?1 and id = ?2",
                                key.kind(),
                                key.id(),
                                time)
                        == 0) {
                    sql.update(
                            "insert into identity_use (kind, id, used_at) values (?1, ?2, ?3)",
                            key.kind(),
                            key.id(),
                            time);
                }
            });
            return times.size();
        });
    }

    @Override
    public Map<IdentityKey, Instant> uses() {
        return transactions.read("read when identities were used", entities -> new Sql(entities)
                .list(IdentityColumns::use, IdentityColumns.USES).stream()
                        .collect(Collectors.toMap(Entry::getKey, Entry::getValue)));
    }

    @Override
    public int forgetRemoved(Instant before) {
        return transactions.write("forget removed identities", entities -> new Sql(entities)
                .update("delete from identity where content is null and changed_at < ?1", InstantColumn.text(before)));
    }
}
