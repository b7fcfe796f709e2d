// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.owner.Ownership;
import eu.nephele.smo.core.contract.owner.Ownership.Role;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Present services. Configuration is read whether they are present or not. */
final class InstalledSurroundings implements OwnerServices, AutoCloseable {

    private final ServiceTracker<ConfigurationStore, ConfigurationStore> store;
    private final ServiceTracker<Tenure, Tenure> tenure;
    private final ServiceTracker<Ownership, Ownership> ownership;

    InstalledSurroundings(BundleContext context) {
        this.store = new ServiceTracker<>(context, ConfigurationStore.class, null);
        this.tenure = new ServiceTracker<>(context, Tenure.class, null);
        this.ownership = new ServiceTracker<>(context, Ownership.class, null);
        store.open();
        tenure.open();
        ownership.open();
    }

    @Override
    public Optional<ConfigurationStore> store() {
        return Optional.ofNullable(store.getService());
    }

    @Override
    public Optional<Role> role() {
        return tenure.getService() != null
                ? Optional.of(Role.OWNER)
                : Optional.ofNullable(ownership.getService())
                        .map(Ownership::role)
                        .filter(role -> role == Role.STANDBY);
    }

    @Override
    public void close() {
        store.close();
        tenure.close();
        ownership.close();
    }
}
