// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.InstanceStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.eclipse.persistence.jpa.PersistenceProvider;

/** The four stores on one database, for programs without OSGi. */
public final class Stores implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Database database;
    private final GraphStore graphs;
    private final CapacityStore capacity;
    private final DecisionStore decisions;
    private final InstanceStore instance;

    private Stores(Database database) {
        this.database = database;
        this.graphs = new JpaGraphStore(database);
        this.capacity = new JpaCapacityStore(database);
        this.decisions = new JpaDecisionStore(database);
        this.instance = new JpaInstanceStore(database);
    }

    /**
     * Opens stores on a database of the caller, who closes the data source after them.
     *
     * @param dataSource H2 with {@code MODE=PostgreSQL}, or PostgreSQL with {@code stringtype=unspecified}; a pool is best
     * @throws SQLException when the database does not answer
     * @throws SchemaTooNewException when a newer program wrote the database
     * @throws IllegalArgumentException when it is another database or mode
     */
    public static Stores open(DataSource dataSource) throws SQLException {
        return new Stores(Database.open(dataSource, () -> {}, Stores::factory));
    }

    /**
     * Opens stores on an embedded H2 file, which survives the death of the process. H2 has to be on the class path.
     *
     * @param directory made when it is missing
     * @throws SQLException when the file cannot be opened, for example because another process has it open
     * @throws SchemaTooNewException when a newer program wrote the database
     */
    public static Stores embedded(Path directory) throws SQLException {
        return openPool(Embedded.url(directory), true);
    }

    /**
     * Opens stores on H2 in memory; they are gone when the stores are closed. For tests and trials.
     *
     * @param name of the database; two that are open at once need two names
     */
    public static Stores inMemory(String name) throws SQLException {
        return openPool("jdbc:h2:mem:" + name + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", true);
    }

    private static Stores openPool(String url, boolean embedded) throws SQLException {
        Pool pool = Pool.open(CONNECTIONS, CONNECT_TIMEOUT, embedded, config -> {
            config.setJdbcUrl(url);
            config.setUsername("sa");
        });
        return new Stores(Database.openOrClose(pool, Stores::factory));
    }

    private static EntityManagerFactory factory(Map<String, Object> properties) {
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

    @Override
    public void close() {
        database.close();
    }
}
