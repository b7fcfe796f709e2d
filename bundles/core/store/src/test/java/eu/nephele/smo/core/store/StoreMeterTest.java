// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the database costs can be seen: its connections, and how long a write takes. */
class StoreMeterTest {

    private final Map<String, DoubleSupplier> gauges = new HashMap<>();
    private final Map<String, Integer> timed = new TreeMap<>();

    @TempDir
    private Path directory;

    private final MetricsRecorder recorder = new MetricsRecorder() {
        @Override
        public void count(String name, Map<String, String> labels) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void time(String name, Map<String, String> labels, Duration duration) {
            assertThat(duration).isPositive();
            timed.merge(name + labels, 1, Integer::sum);
        }

        @Override
        public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
            gauges.put(name + labels, () -> value.applyAsDouble(owner));
        }
    };

    @Test
    void writesAreTimedAndConnectionsCounted() throws Exception {
        ConnectionPool pool = ConnectionPool.open(
                2, Duration.ofSeconds(2), false, config -> config.setJdbcUrl(EmbeddedUrl.url(directory) + ";USER=sa"));
        try (Database database = Database.open(pool.connections(), pool, Stores::factory, () -> {})) {
            StoreMeter meter = new StoreMeter(database, recorder);
            database.transactions().write("make the table", entities -> {
                assertThat(value("smo_store_connections{state=active}")).isEqualTo(1);
                return new Sql(entities).update("create table noted (id int primary key)");
            });
            assertThatThrownBy(() -> database.transactions().write("fail", entities -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");

            assertThat(timed)
                    .containsOnly(
                            Map.entry("smo_store_write_seconds{outcome=committed}", 1),
                            Map.entry("smo_store_write_seconds{outcome=failed}", 1));
            assertThat(value("smo_store_connections{state=active}")).isZero();
            assertThat(value("smo_store_connections{state=idle}")).isPositive();
            assertThat(value("smo_store_waiting_threads{}")).isZero();
            assertThat(value("smo_store_statements{}")).isPositive();

            meter.close();
            database.transactions().write("write unseen", entities -> new Sql(entities).update("delete from noted"));
            assertThat(timed).hasSize(2).containsEntry("smo_store_write_seconds{outcome=committed}", 1);
        }
    }

    @Test
    void aPoolOfAnotherKindHasNoConnectionsToShow() throws Exception {
        ConnectionPool pool = ConnectionPool.open(
                2, Duration.ofSeconds(2), false, config -> config.setJdbcUrl(EmbeddedUrl.url(directory) + ";USER=sa"));
        try (pool;
                Database database = Database.open(pool.connections(), () -> {}, Stores::factory, () -> {})) {
            assertThat(new StoreMeter(database, recorder)).isNotNull();

            assertThat(value("smo_store_connections{state=idle}")).isZero();
        }
    }

    private double value(String key) {
        return gauges.get(key).getAsDouble();
    }
}
