// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.event.EventPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.jdbc.DataSourceFactory;

/** Opens the database that the settings name, with the driver that the framework offers for it. */
final class DatabaseConnector {

    private final BundleContext context;
    private final StoreSettings settings;
    private final Function<Map<String, Object>, EntityManagerFactory> factories;
    private final EventPublisher publisher;
    private final Runnable lost;

    DatabaseConnector(
            BundleContext context,
            StoreSettings settings,
            Function<Map<String, Object>, EntityManagerFactory> factories,
            EventPublisher publisher,
            Runnable lost) {
        this.context = context;
        this.settings = settings;
        this.factories = factories;
        this.publisher = publisher;
        this.lost = lost;
    }

    /**
     * @throws OwnedElsewhereException when another server works on it
     * @throws SQLException when driver or database are not there now: may work later
     * @throws IOException when the directory of the embedded database cannot be made or has no room, or the password cannot be read
     * @throws RuntimeException when trying again does not help
     */
    Database open() throws SQLException, IOException {
        if (settings.embedded().isPresent()) {
            Files.createDirectories(settings.embedded().get());
            Room.require(settings.embedded().get());
        }
        if (!settings.user().isEmpty()) {
            // Read here once for a clear refusal: the pool would only say, after its time-out, that there is no
            // connection.
            settings.password().resolve(System::getenv);
        }
        DataSource source = new CredentialDataSource(driver(), settings.user(), settings.password());
        Optional<Ownership> ownership =
                settings.isPostgresql() ? Optional.of(Ownership.take(source, lost)) : Optional.empty();
        Pool pool = Pool.open(settings.poolSize(), settings.connectTimeout(), Embedded.is(settings.url()), config -> {
            config.setDataSource(source);
            if (ownership.isPresent()) {
                config.setConnectionInitSql(Ownership.TRANSACTIONS_END);
            }
        });
        return Database.openOrClose(pool, factories, publisher, ownership);
    }

    private DataSource driver() throws SQLException {
        ServiceReference<DataSourceFactory> reference = references().stream()
                .findFirst()
                .orElseThrow(() -> new SQLException("No data source factory of driver " + settings.driver()
                        + " is there. Maybe the bundle of the driver is not started."));
        DataSourceFactory factory = Optional.ofNullable(context.getService(reference))
                .orElseThrow(() -> new SQLException("The driver " + settings.driver() + " has just gone"));
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, settings.url());
        return factory.createDataSource(properties);
    }

    private Collection<ServiceReference<DataSourceFactory>> references() {
        String filter = "(" + DataSourceFactory.OSGI_JDBC_DRIVER_CLASS + "=" + settings.driver() + ")";
        try {
            return context.getServiceReferences(DataSourceFactory.class, filter);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("Not a filter: " + filter, e);
        }
    }
}
