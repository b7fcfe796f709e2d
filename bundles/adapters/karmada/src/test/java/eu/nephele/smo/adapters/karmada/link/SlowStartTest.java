// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.adapters.karmada.contexts.ContextClusters;
import eu.nephele.smo.adapters.karmada.contexts.ContextClusters.ContextSettings;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.port.AdapterException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster, or this program, takes longer for the first answers than a cluster may be silent later on. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SlowStartTest {

    private static final Duration UNREACHABLE = Duration.ofMillis(200);

    private final CountDownLatch answers = new CountDownLatch(1);

    @Test
    void aClusterIsUnknownAndNotAwayUntilACallHasFailed() throws Exception {
        try (RawServer server = new RawServer((head, out, socket) -> {
                    answers.await();
                    RawServer.status(503, "", "").to(head, out, socket);
                });
                ContextClusters contexts = contexts(server)) {
            long longer = System.nanoTime() + UNREACHABLE.multipliedBy(5).toNanos();
            do {
                assertThatThrownBy(contexts::clusters)
                        .isInstanceOfSatisfying(AdapterException.class, failure -> assertThat(failure.kind())
                                .isEqualTo(AdapterException.Kind.UNAVAILABLE))
                        .hasMessageContaining("c is not listed completely yet");
                LockSupport.parkNanos(UNREACHABLE.toNanos() / 10);
            } while (System.nanoTime() < longer);
            answers.countDown();
            assertThat(told(contexts)).singleElement().satisfies(cluster -> assertThat(cluster.ready())
                    .isFalse());
        }
    }

    private static List<ClusterState> told(ContextClusters contexts) throws InterruptedException {
        Optional<AdapterException> last = Optional.empty();
        for (int i = 0; i < 300; i++) {
            try {
                return contexts.clusters();
            } catch (AdapterException notYet) {
                last = Optional.of(notYet);
                Thread.sleep(100);
            }
        }
        throw last.orElseThrow();
    }

    private static ContextClusters contexts(RawServer server) {
        String kubeconfig = """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(server.port());
        LinkSettings link = new LinkSettings(
                "slow",
                "file:k",
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                8L << 20,
                Optional.empty(),
                Optional.empty());
        return new ContextClusters(
                "slow",
                List.of(new ContextSettings("c", link, Map.of())),
                new WatchSettings(Set.of(), List.of(), Duration.ofMinutes(5), UNREACHABLE),
                any -> Optional.of(kubeconfig),
                Clock.systemUTC());
    }
}
