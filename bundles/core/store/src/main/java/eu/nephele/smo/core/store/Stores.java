// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.event.CommitListener;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.event.WebhookStore;
import eu.nephele.smo.core.contract.store.AlertStore;
import eu.nephele.smo.core.contract.store.AuditStore;
import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.contract.store.ClusterStore;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.HistoryStore;
import eu.nephele.smo.core.contract.store.IdentityStore;
import eu.nephele.smo.core.contract.store.InstanceStore;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.PlanStore;
import eu.nephele.smo.core.contract.store.PluginStore;
import eu.nephele.smo.core.contract.store.QuotaStore;
import eu.nephele.smo.core.contract.store.ResourceStore;
import eu.nephele.smo.core.contract.store.RevisionStore;
import eu.nephele.smo.core.contract.store.ShadowStore;
import eu.nephele.smo.core.contract.store.TombstoneStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.eclipse.persistence.jpa.PersistenceProvider;

/** The stores on one database, for programs without OSGi. */
public final class Stores implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Database database;
    private final GraphStore graphs;
    private final CapacityStore capacity;
    private final DecisionStore decisions;
    private final InstanceStore instance;
    private final OperationStore operations;
    private final RevisionStore revisions;
    private final PlanStore plans;
    private final AlertStore alerts;
    private final ClusterStore clusters;
    private final TombstoneStore tombstones;
    private final EventStore events;
    private final WebhookStore webhooks;
    private final ShadowStore shadows;
    private final ResourceStore resources;
    private final PluginStore plugins;
    private final ConfigurationStore configuration;
    private final IdentityStore identities;
    private final AuditStore audit;
    private final QuotaStore quotas;
    private final HistoryStore history;
    private final CurrentCommitListener publisher;

    private Stores(Database database, CurrentCommitListener publisher) {
        this.database = database;
        this.publisher = publisher;
        this.graphs = new JpaGraphStore(database);
        this.capacity = new JpaCapacityStore(database);
        this.decisions = new JpaDecisionStore(database);
        this.instance = new JpaInstanceStore(database);
        this.operations = new JpaOperationStore(database);
        this.revisions = new JpaRevisionStore(database);
        this.plans = new JpaPlanStore(database);
        this.alerts = new JpaAlertStore(database);
        this.clusters = new JpaClusterStore(database);
        this.tombstones = new JpaTombstoneStore(database);
        this.events = new JpaEventStore(database);
        this.webhooks = new JpaWebhookStore(database);
        this.shadows = new JpaShadowStore(database);
        this.resources = new JpaResourceStore(database);
        this.plugins = new JpaPluginStore(database);
        this.configuration = new JpaConfigurationStore(database);
        this.identities = new JpaIdentityStore(database);
        this.audit = new JpaAuditStore(database);
        this.quotas = new JpaQuotaStore(database);
        this.history = new JpaHistoryStore(database);
    }

    /**
     * Opens stores on a database of the caller, who closes the data source after them.
     *
     * @param dataSource H2 with {@code MODE=PostgreSQL}, or PostgreSQL with {@code stringtype=unspecified}; a pool is best
     * @throws SchemaTooNewException when a newer program wrote the database
     * @throws IllegalArgumentException when it is another database or mode
     */
    public static Stores open(DataSource dataSource) throws SQLException {
        CurrentCommitListener publisher = new CurrentCommitListener();
        return new Stores(Database.open(dataSource, () -> {}, Stores::factory, publisher), publisher);
    }

    /**
     * Opens stores on an embedded H2 file, which survives the death of the process. H2 has to be on the class path.
     *
     * @param directory made when it is missing
     * @throws SQLException when the file cannot be opened, for example because another process has it open
     * @throws SchemaTooNewException when a newer program wrote the database
     */
    public static Stores embedded(Path directory) throws SQLException {
        return openPool(EmbeddedUrl.url(directory), true);
    }

    /**
     * Opens stores on H2 in memory; their content is lost when they are closed. For tests and trials.
     *
     * @param name of the database; two that are open at once need two names
     */
    public static Stores inMemory(String name) throws SQLException {
        return openPool("jdbc:h2:mem:" + name + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", true);
    }

    private static Stores openPool(String url, boolean embedded) throws SQLException {
        ConnectionPool pool = ConnectionPool.open(CONNECTIONS, CONNECT_TIMEOUT, embedded, config -> {
            config.setJdbcUrl(url);
            config.setUsername("sa");
        });
        CurrentCommitListener publisher = new CurrentCommitListener();
        return new Stores(Database.openOrClose(pool, Stores::factory, publisher), publisher);
    }

    static EntityManagerFactory factory(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("eclipselink.classloader", Stores.class.getClassLoader());
        return new PersistenceProvider().createEntityManagerFactory(Database.UNIT, all);
    }

    public GraphStore graphs() {
        return graphs;
    }

    public CapacityStore capacity() {
        return capacity;
    }

    public DecisionStore decisions() {
        return decisions;
    }

    public InstanceStore instance() {
        return instance;
    }

    public HistoryStore history() {
        return history;
    }

    public OperationStore operations() {
        return operations;
    }

    public RevisionStore revisions() {
        return revisions;
    }

    public PlanStore plans() {
        return plans;
    }

    public AlertStore alerts() {
        return alerts;
    }

    public ClusterStore clusters() {
        return clusters;
    }

    public TombstoneStore tombstones() {
        return tombstones;
    }

    public EventStore events() {
        return events;
    }

    public WebhookStore webhooks() {
        return webhooks;
    }

    public ShadowStore shadows() {
        return shadows;
    }

    public ResourceStore resources() {
        return resources;
    }

    public PluginStore plugins() {
        return plugins;
    }

    public ConfigurationStore configuration() {
        return configuration;
    }

    public IdentityStore identities() {
        return identities;
    }

    public AuditStore audit() {
        return audit;
    }

    public QuotaStore quotas() {
        return quotas;
    }

    /** Returns how many statements were sent to the database since it was opened; a batch counts as one. */
    public long statements() {
        return database.statements();
    }

    /** Sets the listener of committed events; at first there is none. */
    public void publisher(CommitListener present) {
        publisher.set(present);
    }

    /** Drops all caches, because another process has changed the database. */
    public void forget() {
        database.forget();
    }

    @Override
    public void close() {
        database.close();
    }
}
