// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import com.zaxxer.hikari.HikariPoolMXBean;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

@Component(
        immediate = true,
        service = {})
@Metric(
        value = "smo_store_statements",
        type = MetricType.GAUGE,
        unit = "statements",
        meaning = "Statements sent to the database since it was opened; a batch counts as one")
@Metric(
        value = "smo_store_connections",
        type = MetricType.GAUGE,
        unit = "connections",
        labels = "state=active|idle",
        meaning = "Connections of the pool, in use or not")
@Metric(
        value = "smo_store_waiting_threads",
        type = MetricType.GAUGE,
        unit = "threads",
        meaning = "Threads that wait for a connection of the pool")
@Metric(
        value = "smo_store_write_seconds",
        type = MetricType.HISTOGRAM,
        unit = "seconds",
        labels = "outcome=committed|failed",
        meaning = "Each write, with its turn, its repetitions and its commit; `failed`: nothing was "
                + "written. Appears with the first")
public final class StoreMeter {

    private static final String CONNECTIONS = "smo_store_connections";
    private static final String STATE = "state";

    private final Database database;

    @Activate
    public StoreMeter(@Reference Database database, @Reference MetricsRecorder metricsRecorder) {
        this.database = database;
        metricsRecorder.gauge("smo_store_statements", Map.of(), database, Database::statements);
        metricsRecorder.gauge(
                CONNECTIONS, Map.of(STATE, "active"), database, pool(HikariPoolMXBean::getActiveConnections));
        metricsRecorder.gauge(CONNECTIONS, Map.of(STATE, "idle"), database, pool(HikariPoolMXBean::getIdleConnections));
        metricsRecorder.gauge(
                "smo_store_waiting_threads", Map.of(), database, pool(HikariPoolMXBean::getThreadsAwaitingConnection));
        database.transactions().measure((duration, committed) -> record(metricsRecorder, duration, committed));
    }

    private static void record(MetricsRecorder metricsRecorder, Duration duration, boolean committed) {
        metricsRecorder.time(
                "smo_store_write_seconds", Map.of("outcome", committed ? "committed" : "failed"), duration);
    }

    private static ToDoubleFunction<Database> pool(ToDoubleFunction<HikariPoolMXBean> value) {
        return database ->
                database.pool().map(pool -> value.applyAsDouble(pool)).orElse(0.0);
    }

    @Deactivate
    void close() {
        database.transactions().measure(WriteListener.NONE);
    }
}
