// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.owner.Ownership;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open database, as services: readers use them at once, and acting components wait for the tenure. */
final class DatabaseServices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseServices.class);

    /**
     * Time limit of all listeners of the tenure together: ours take milliseconds, and with more than this a takeover,
     * which takes a lease and a poll, would not be over in the ten seconds that are promised.
     */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(2);

    private final BundleContext context;
    private final Database database;
    private final String place;
    // guarded by itself
    private final Deque<ServiceRegistration<?>> registrations = new ArrayDeque<>();
    // guarded by registrations
    private boolean closed;

    /**
     * @param tenure empty on a standby; else there before the database, so that who begins with the stores begins to work
     */
    DatabaseServices(
            BundleContext context, Database database, Ownership ownership, Optional<Tenure> tenure, String place) {
        this.context = context;
        this.database = database;
        this.place = place;
        publish(Ownership.class, ownership);
        tenure.ifPresent(this::owns);
        publish(Database.class, database);
    }

    /** Publishes the tenure of this server. A listener that blocks does not hold up those notified before it. */
    final void owns(Tenure tenure) {
        AnnouncedTenure announced = new AnnouncedTenure(tenure);
        // notifies all listeners before it ends
        Thread telling = new Thread(() -> publish(Tenure.class, announced), "smo-store-tenure");
        telling.setDaemon(true);
        telling.start();
        if (!hasEnded(telling)) {
            // as the cause of the log line: its stack trace shows which listener it is
            Throwable where = new IllegalStateException("this listener does not return");
            where.setStackTrace(telling.getStackTrace());
            LOG.warn(
                    "tenure listener did not return within {} ms; the listeners notified before it begin without it",
                    TOLD_WITHIN.toMillis(),
                    where);
        }
        announced.await();
    }

    private static boolean hasEnded(Thread thread) {
        try {
            thread.join(TOLD_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private <T> void publish(Class<T> type, T service) {
        ServiceRegistration<T> made = context.registerService(type, service, null);
        synchronized (registrations) {
            if (!closed) {
                registrations.push(made);
                return;
            }
        }
        // it was told for so long that the database is closed meanwhile
        made.unregister();
    }

    String place() {
        return place;
    }

    /** Those who act go first. */
    @Override
    public void close() {
        Deque<ServiceRegistration<?>> present;
        synchronized (registrations) {
            closed = true;
            present = new ArrayDeque<>(registrations);
            registrations.clear();
        }
        present.forEach(ServiceRegistration::unregister);
        database.close();
    }
}
