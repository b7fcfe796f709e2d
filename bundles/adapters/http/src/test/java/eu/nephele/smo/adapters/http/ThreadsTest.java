// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import static eu.nephele.smo.adapters.http.Opened.READ;
import static eu.nephele.smo.adapters.http.Opened.settings;
import static eu.nephele.smo.adapters.http.Opened.systems;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.http.HttpSystem;
import eu.nephele.smo.lab.testkit.Await;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Threads belong to no plugin and end with the system. */
class ThreadsTest {

    /** Idle threads would end by themselves later. */
    private static final Duration SOONER_THAN_IDLE = Duration.ofSeconds(5);

    @Test
    void noThreadKeepsTheLoaderOfItsCallerAndAllOfThemEnd() throws Exception {
        Set<Thread> before = threads();
        JdkHttpSystems systems = systems(Map.of());
        ClassLoader plugin = new URLClassLoader(new URL[0]);
        Thread.currentThread().setContextClassLoader(plugin);
        try (RawServer server = keepingAlive()) {
            HttpSystem system = systems.open(settings(server.url()));
            assertThat(system.send(READ).status()).isEqualTo(200);
            List<Thread> ours = added(before);
            assertThat(ours).isNotEmpty().allMatch(t -> t.getContextClassLoader() != plugin);
            systems.end();
            system = null;
            Await.within(SOONER_THAN_IDLE, () -> "all threads of the system have ended", () -> {
                System.gc();
                return added(before).stream().noneMatch(ours::contains);
            });
        } finally {
            Thread.currentThread().setContextClassLoader(ThreadsTest.class.getClassLoader());
        }
    }

    private static RawServer keepingAlive() {
        return new RawServer((connection, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            RawServer.awaitEnd(connection);
        });
    }

    private static List<Thread> added(Set<Thread> before) {
        return threads().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().startsWith("smo-http")
                        || thread.getName().startsWith("HttpClient"))
                .collect(Collectors.toList());
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }
}
