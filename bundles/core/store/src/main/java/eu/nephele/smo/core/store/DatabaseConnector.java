// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.core.contract.event.CommitListener;
import eu.nephele.smo.core.contract.outside.SecretServices;
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
    private final CommitListener publisher;
    private final SecretSource secrets;

    DatabaseConnector(
            BundleContext context,
            StoreSettings settings,
            Function<Map<String, Object>, EntityManagerFactory> factories,
            CommitListener publisher) {
        this.context = context;
        this.settings = settings;
        this.factories = factories;
        this.publisher = publisher;
        this.secrets = new SecretServices(context);
    }

    /**
     * @throws SQLException when driver or database are not available now: a retry may succeed
     * @throws IOException when the directory of the embedded database cannot be created or its disk is full, or the
     *     password cannot be read
     * @throws RuntimeException when a retry does not help
     */
    Database open() throws SQLException, IOException {
        if (settings.embedded().isPresent()) {
            Files.createDirectories(settings.embedded().get());
            UnfinishedRestore.refuse(settings.embedded().get());
            DiskSpace.require(settings.embedded().get());
        }
        return Database.openOrClose(pool(Optional.empty()), factories, publisher);
    }

    Database open(Lease lease) throws SQLException, IOException {
        return Database.openShared(pool(Optional.of(lease.sessionSettings())), factories, publisher, lease);
    }

    private ConnectionPool pool(Optional<String> sessionSettings) throws SQLException, IOException {
        DataSource source = source(settings.url());
        return ConnectionPool.open(
                settings.poolSize(), settings.connectTimeout(), EmbeddedUrl.is(settings.url()), config -> {
                    config.setDataSource(source);
                    sessionSettings.ifPresent(config::setConnectionInitSql);
                });
    }

    /**
     * Connections for a lease: to fail late is to own nothing.
     *
     * @throws SQLException when the driver is not there now
     * @throws IOException when the password cannot be read
     */
    DataSource leaseSource() throws SQLException, IOException {
        long seconds = Math.max(1, settings.lease().multipliedBy(2).dividedBy(5).toSeconds());
        return source(settings.url()
                + "%sconnectTimeout=%d&loginTimeout=%2$d&socketTimeout=%2$d&ApplicationName=smo-lease"
                        .formatted(settings.url().contains("?") ? "&" : "?", seconds));
    }

    /** Connections that read and create the tables. Throws as {@link #leaseSource}. */
    DataSource migrationSource() throws SQLException, IOException {
        return source(settings.url());
    }

    private DataSource source(String url) throws SQLException, IOException {
        if (!settings.user().isEmpty()) {
            // Read here once for a clear refusal: the pool would only say, after its time-out, that there is no
            // connection.
            settings.password().resolve(System::getenv, secrets::resolve);
        }
        return new CredentialDataSource(driver(url), settings.user(), settings.password(), secrets::resolve);
    }

    private DataSource driver(String url) throws SQLException {
        ServiceReference<DataSourceFactory> reference = references().stream()
                .findFirst()
                .orElseThrow(() -> new SQLException("No data source factory of driver " + settings.driver()
                        + " is available. Is the bundle of the driver started?"));
        DataSourceFactory factory = Optional.ofNullable(context.getService(reference))
                .orElseThrow(() -> new SQLException("The driver " + settings.driver() + " was just unregistered"));
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, url);
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
