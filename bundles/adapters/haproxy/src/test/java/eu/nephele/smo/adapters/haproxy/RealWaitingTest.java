// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testbed.components.FreePorts;
import eu.nephele.smo.lab.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A real HAProxy, and who is told that requests wait there. */
class RealWaitingTest {

    @Test
    void whoListensIsToldAtOnceAndAgainAsLongAsRequestsWait() throws Exception {
        try (RealBalancer real = new RealBalancer()) {
            int port = FreePorts.free(1).get(0);
            real.ensure("web", RealBalancer.backend(port, List.of()));
            WorkloadRef web = RealBalancer.key("web").workload();
            List<WorkloadRef> told = new CopyOnWriteArrayList<>();
            try (Subscription subscription = real.adapter().subscribeToWaiting(told::add)) {
                assertThat(subscription).isNotNull();
                CompletableFuture<String> waiting = real.later(port, "/");
                Await.until("it waits", () -> real.seen("web").waiting() == 1);
                Await.within(Duration.ofSeconds(1), () -> "told: " + told, () -> !told.isEmpty());
                Await.within(Duration.ofSeconds(3), () -> "told again: " + told, () -> told.size() >= 2);
                assertThat(told).containsOnly(web);

                real.ensure(
                        "web",
                        RealBalancer.backend(port, List.of(real.replica("a").member())));
                assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo("200 a");
            }
            int number = told.size();
            real.ensure("web", RealBalancer.backend(port, List.of()));
            CompletableFuture<String> unheard = real.later(port, "/");
            Await.until("it waits", () -> real.seen("web").waiting() == 1);
            real.ensure(
                    "web", RealBalancer.backend(port, List.of(real.replica("b").member())));
            assertThat(unheard.get(5, TimeUnit.SECONDS)).isEqualTo("200 b");
            assertThat(told).as("nobody listens any more").hasSize(number);
        }
    }
}
