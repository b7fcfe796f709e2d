// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.store.ConfigurationRevision;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import eu.nephele.smo.core.contract.store.EffectiveConfiguration;
import eu.nephele.smo.core.contract.store.StoredConfiguration;
import eu.nephele.smo.core.store.row.ConfigurationColumns;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Changes of the configuration: {@code configuration_list} has one row, {@code configuration} one for each that was changed. */
@Component(service = ConfigurationStore.class)
public final class JpaConfigurationStore implements ConfigurationStore {

    private final Transactions transactions;

    @Activate
    public JpaConfigurationStore(@Reference Database database) {
        this.transactions = database.transactions();
    }

    @Override
    public ConfigurationRevision mark() {
        return transactions.read("read the revision of the configuration", entities -> new Sql(entities)
                .list(ConfigurationColumns::mark, ConfigurationColumns.MARK).stream()
                        .findFirst()
                        .orElse(ConfigurationRevision.NOTHING));
    }

    @Override
    public List<StoredConfiguration> changedAfter(long revision) {
        return transactions.read("read the changes of the configuration", entities -> new Sql(entities)
                .list(ConfigurationColumns::changed, ConfigurationColumns.CHANGED, revision));
    }

    @Override
    public long change(String pid, Optional<String> content) {
        String origin = UUID.randomUUID().toString();
        return transactions.write("store the configuration " + pid, entities -> {
            Sql sql = new Sql(entities);
            begin(sql, origin);
            sql.update("update configuration_list set revision = revision + 1 where id = 1");
            long revision = ((Number) sql.values("select revision from configuration_list where id = 1")
                            .get(0))
                    .longValue();
            String text = content.orElse(null);
            if (sql.update(
                            "update configuration set revision = ?2, content = ?3, changed_at = current_timestamp where pid = ?1",
                            pid,
                            revision,
                            text)
                    == 0) {
                sql.update(
                        "insert into configuration (pid, revision, content, changed_at) values (?1, ?2, ?3, current_timestamp)",
                        pid,
                        revision,
                        text);
            }
            return revision;
        });
    }

    private static void begin(Sql sql, String origin) {
        sql.update(
                "insert into configuration_list (id, origin, revision, effective_number) values (1, ?1, 0, 0) on conflict do nothing",
                origin);
    }

    @Override
    public Optional<EffectiveConfiguration> effective() {
        return transactions.read("read the effective configuration of the owner", entities -> new Sql(entities)
                .values("select effective from configuration_list where id = 1 and effective is not null").stream()
                        .map(String.class::cast)
                        .map(ConfigurationColumns::effective)
                        .findFirst());
    }

    @Override
    public void effective(EffectiveConfiguration next) {
        String origin = UUID.randomUUID().toString();
        transactions.write("store the effective configuration of the owner", entities -> {
            Sql sql = new Sql(entities);
            begin(sql, origin);
            return sql.update(
                    "update configuration_list set effective_number = effective_number + 1, effective = ?1 where id = 1",
                    ConfigurationColumns.text(next));
        });
    }
}
