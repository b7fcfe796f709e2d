// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.owner.Ownership;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A database that is open, as services: whoever reads it uses them, and whoever acts waits for the tenure. */
final class Published implements AutoCloseable {

    private final BundleContext context;
    private final Database database;
    private final String place;
    private final Deque<ServiceRegistration<?>> registrations = new ArrayDeque<>();

    /**
     * @param tenure empty on a standby; else there before the database, so that who begins with the stores begins to work
     * @param place which database, for people
     */
    Published(BundleContext context, Database database, Ownership ownership, Optional<Tenure> tenure, String place) {
        this.context = context;
        this.database = database;
        this.place = place;
        publish(Ownership.class, ownership);
        tenure.ifPresent(this::owns);
        publish(Database.class, database);
    }

    /** It belongs to this server from now on. */
    final void owns(Tenure tenure) {
        AnnouncedTenure announced = new AnnouncedTenure(tenure);
        // tells all who listen before it returns
        publish(Tenure.class, announced);
        announced.told();
    }

    private <T> void publish(Class<T> type, T service) {
        registrations.push(context.registerService(type, service, null));
    }

    String place() {
        return place;
    }

    /** Those who act go first. */
    @Override
    public void close() {
        while (!registrations.isEmpty()) {
            registrations.pop().unregister();
        }
        database.close();
    }
}
