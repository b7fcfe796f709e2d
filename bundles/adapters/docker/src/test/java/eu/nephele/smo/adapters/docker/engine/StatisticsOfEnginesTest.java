// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Statistics in the JSON of the Engine API (v1.43, {@code GET /containers/{id}/stats}): hosts with control groups of version 1 list the
 * processors, those of version 2 leave the list out. Both are samples.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StatisticsOfEnginesTest {

    private static final Optional<Instant> READ_AT = Optional.of(Instant.parse("2026-06-01T12:00:01Z"));

    private static final String VERSION_1 = """
            {"read": "2026-06-01T12:00:01.0Z", "preread": "2026-06-01T12:00:00.0Z", "pids_stats": {"current": 3},
             "networks": {"eth0": {"rx_bytes": 5338, "rx_packets": 36, "tx_bytes": 648, "tx_packets": 8}},
             "memory_stats": {"usage": 31457280, "max_usage": 41943040, "failcnt": 0, "limit": 67108864,
               "stats": {"total_inactive_file": 10485760, "inactive_file": 1024, "cache": 0, "rss": 6537216}},
             "blkio_stats": {"io_service_bytes_recursive": []},
             "cpu_stats": {"cpu_usage": {"percpu_usage": [8646879, 24472255, 36438778, 30657443],
                 "usage_in_usermode": 50000000, "total_usage": 100215355, "usage_in_kernelmode": 30000000},
               "system_cpu_usage": 739306590000000, "online_cpus": 4, "throttling_data": {"periods": 0}},
             "precpu_stats": {"cpu_usage": {"percpu_usage": [8646879, 24350896, 36438778, 30657443],
                 "usage_in_usermode": 50000000, "total_usage": 100093996, "usage_in_kernelmode": 30000000},
               "system_cpu_usage": 9492140000000, "online_cpus": 4, "throttling_data": {"periods": 0}}}
            """;
    private static final String VERSION_2 = """
            {"read": "2026-06-01T12:00:01.0Z", "preread": "2026-06-01T12:00:00.0Z",
             "pids_stats": {"current": 3, "limit": 18446744073709551615}, "num_procs": 0,
             "memory_stats": {"usage": 31457280, "limit": 67108864,
               "stats": {"active_anon": 4096, "anon": 6537216, "inactive_file": 10485760, "pgfault": 964}},
             "blkio_stats": {"io_service_bytes_recursive": null},
             "cpu_stats": {"cpu_usage": {"total_usage": 100215000, "usage_in_kernelmode": 30000000,
                 "usage_in_usermode": 70215000},
               "system_cpu_usage": 739306590000000, "online_cpus": 4, "throttling_data": {"periods": 0}},
             "precpu_stats": {"cpu_usage": {"total_usage": 100093000, "usage_in_kernelmode": 30000000,
                 "usage_in_usermode": 70093000}, "throttling_data": {"periods": 0}}}
            """;
    /** Of a container that has just ended. */
    private static final String NOTHING = """
            {"read": "0001-01-01T00:00:00Z", "preread": "0001-01-01T00:00:00Z", "pids_stats": {}, "memory_stats": {},
             "blkio_stats": {}, "cpu_stats": {"cpu_usage": {"total_usage": 0, "usage_in_kernelmode": 0}}}
            """;

    private static Optional<ContainerUsage> usage(String told) throws IOException {
        return asked(200, told);
    }

    private static void refused(int status, String told) throws IOException {
        asked(status, told);
    }

    private static Optional<ContainerUsage> asked(int status, String told) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            // else Docker measures for two seconds first
            boolean asked =
                    exchange.getRequestURI().toString().endsWith("/containers/c1/stats?stream=false&one-shot=true");
            byte[] body = (asked ? told.replace("\n", "") + "\n" : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(asked ? status : 418, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (DockerJavaEngine engine = new DockerJavaEngine(
                "here",
                new DirectTransport(
                        URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()),
                        Optional.empty(),
                        Duration.ofSeconds(2)),
                Duration.ofSeconds(5))) {
            return engine.usage("c1");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void controlGroupsOfVersionOneAreSamples() throws Exception {
        assertThat(usage(VERSION_1)).contains(new ContainerUsage(100_215_355, 20L << 20, READ_AT));
    }

    @Test
    void controlGroupsOfVersionTwoWithoutAListOfProcessorsAreSamples() throws Exception {
        assertThat(usage(VERSION_2)).contains(new ContainerUsage(100_215_000, 20L << 20, READ_AT));
    }

    @Test
    void anEngineMayNotSayWhenItRead() throws Exception {
        assertThat(usage(VERSION_2.replace("2026-06-01T12:00:01.0Z", "0001-01-01T00:00:00Z")))
                .contains(new ContainerUsage(100_215_000, 20L << 20, Optional.empty()));
        assertThat(usage(VERSION_2.replace("2026-06-01T12:00:01.0Z", "some time")))
                .contains(new ContainerUsage(100_215_000, 20L << 20, Optional.empty()));
    }

    @Test
    void anEngineThatKnowsNoSuchContainerSaysSo() {
        assertThatThrownBy(() -> refused(404, "{\"message\":\"No such container: c1\"}"))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("Read the statistics of a container on here: No such container: c1")
                .extracting(failed -> ((AdapterException) failed).kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThatThrownBy(() -> refused(500, "{\"message\":\"cgroup is gone\"}"))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("cgroup is gone")
                .extracting(failed -> ((AdapterException) failed).kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void whatHasEndedIsNoSample() throws Exception {
        assertThat(usage(NOTHING)).isEmpty();
    }
}
