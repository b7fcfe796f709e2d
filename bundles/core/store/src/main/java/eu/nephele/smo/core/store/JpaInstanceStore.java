// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.store.InstanceStore;
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
        this.instanceId = database.transactions()
                .read("read the id of this installation", entities -> (String) new Sql(entities)
                        .values("select instance_id from instance where id = 1")
                        .get(0));
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
