// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.store.InstanceStore;
import eu.nephele.smo.core.store.row.InstantColumn;
import java.time.Instant;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The one row of the table {@code instance}. */
@Component(service = InstanceStore.class)
public final class JpaInstanceStore implements InstanceStore {

    private final Database database;
    private final String instanceId;

    @Activate
    public JpaInstanceStore(@Reference Database database) {
        this.database = database;
        this.instanceId = database.transactions().write("read the id of this installation", entities -> {
            Sql sql = new Sql(entities);
            sql.update(
                    "insert into instance (id, instance_id, created_at) values (1, ?1, ?2) on conflict do nothing",
                    UUID.randomUUID().toString(),
                    InstantColumn.text(Instant.now()));
            return (String)
                    sql.values("select instance_id from instance where id = 1").get(0);
        });
    }

    @Override
    public String instanceId() {
        return instanceId;
    }

    @Override
    public boolean reachable() {
        return database.reachable();
    }
}
