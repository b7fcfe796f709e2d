// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static eu.nephele.smo.adapters.docker.DockerWorld.A;
import static eu.nephele.smo.adapters.docker.DockerWorld.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.adapters.docker.control.ServerFleet;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.ServerThreads;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for servers that were configured a moment ago waits no longer than needed. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class FirstListingsTest {

    private static final WorkloadRef WEB = DockerWorld.ref("web");

    /** Less than an engine that hangs takes until it has failed. */
    private static final long SOON_MILLIS = 1500;

    private DockerWorld world;

    @BeforeEach
    void begin() throws IOException {
        world = new DockerWorld();
        world.install(WEB, "1", DockerWorld.values(), 1, A, B);
        world.a().hang();
        world.b().hang();
        world.crashUnlisted();
    }

    @AfterEach
    void end() {
        world.a().goOn();
        world.b().goOn();
        world.close();
    }

    private Thread waiting(Runnable call) {
        Thread thread = new Thread(call);
        thread.setDaemon(true);
        thread.start();
        Await.until("waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private static void assertEndsSoon(Thread thread) throws InterruptedException {
        thread.join(SOON_MILLIS);
        assertThat(thread.isAlive()).as("waits still").isFalse();
    }

    @Test
    void aListingWakesWhoWaitsForIt() throws Exception {
        CompletableFuture<Optional<WorkloadObservation>> seen = new CompletableFuture<>();
        Thread thread = waiting(() -> seen.complete(world.seen(WEB)));
        world.a().goOn();
        world.b().goOn();
        assertEndsSoon(thread);
        assertThat(seen.join().orElseThrow().byCluster()).containsOnlyKeys(A, B);
    }

    @Test
    void theEndOfAConfigurationWakesWhoWaitsForItsServer() throws Exception {
        Thread thread = waiting(() -> world.seen(WEB));
        world.disconnect(A);
        world.disconnect(B);
        assertEndsSoon(thread);
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread thread = waiting(() -> {
            assertThatThrownBy(() -> world.seen(WEB)).isInstanceOf(AdapterException.class);
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        thread.interrupt();
        assertEndsSoon(thread);
        assertThat(interrupted).as("its caller learns of it").isTrue();
    }

    @Test
    void theLimitOfACallEndsItsWait() throws Exception {
        ServerFleet fleet = new ServerFleet();
        try (ServerThreads threads = new ServerThreads(2);
                DockerServer server = new DockerServer(
                        world.settings(A),
                        DockerWorld.engine(A, world.a()),
                        Clock.systemUTC(),
                        listed -> fleet.noteChange(),
                        threads,
                        threads)) {
            fleet.add(server);
            long begin = System.nanoTime();
            assertThatThrownBy(() -> fleet.look(Duration.ofMillis(300))).isInstanceOf(AdapterException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(300), Duration.ofMillis(SOON_MILLIS));
        }
    }
}
