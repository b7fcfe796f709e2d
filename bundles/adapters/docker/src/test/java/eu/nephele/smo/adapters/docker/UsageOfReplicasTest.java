// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static eu.nephele.smo.adapters.docker.DockerWorld.A;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is measured, with the statistics as control groups of version 2 give them; and that many workloads cost few
 * questions.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class UsageOfReplicasTest {

    private static MetricQuery query(String metric, WorkloadRef ref) {
        return new MetricQuery(metric, ref, Duration.ofMinutes(1), Optional.empty());
    }

    @Test
    void processorMemoryAndReadyReplicasAreSums() throws IOException {
        try (DockerWorld world = new DockerWorld()) {
            WorkloadRef web = DockerWorld.ref("web");
            world.install(web, "1", DockerWorld.values(), 1, A);
            world.run(web, 1, new Share(A, 2));
            world.awaitRollout(web, A, 2);
            List<MetricQuery> all = List.of(
                    query(MetricQuery.CPU_CORES, web),
                    query(MetricQuery.MEMORY_BYTES, web),
                    query(MetricQuery.READY_REPLICAS, web));
            Await.until(
                    "all are measured",
                    () -> world.servers.metrics().instant(all).size() == 3
                            && world.servers.metrics().instant(all).get(all.get(2)) == 2.0);
            Map<MetricQuery, Double> now = world.servers.metrics().instant(all);
            assertThat(now.get(all.get(0))).isGreaterThan(0);
            assertThat(now.get(all.get(1))).isEqualTo(2.0 * (20L << 20));
            MetricQuery own = new MetricQuery(MetricQuery.CPU_CORES, web, Duration.ofMinutes(1), Optional.of("up"));
            assertThat(world.servers.metrics().instant(List.of(own))).isEmpty();
        }
    }

    @Test
    void manyWorkloadsAreListedTogether() throws IOException {
        try (DockerWorld world = new DockerWorld()) {
            world.crash(200);
            List<WorkloadRef> many = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                WorkloadRef ref = DockerWorld.ref("many" + i);
                many.add(ref);
                world.install(ref, "1", DockerWorld.values(), 1, A);
                world.run(ref, 1, new Share(A, 1));
            }
            many.forEach(ref -> world.awaitRollout(ref, A, 1));
            int listings = world.a().listings.get();
            long begin = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                assertThat(world.servers.runtime().observe(many)).hasSize(30);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
            assertThat(world.a().listings.get() - listings).isLessThan(10);
            assertThat(world.a().inspections).hasValue(0);
        }
    }
}
