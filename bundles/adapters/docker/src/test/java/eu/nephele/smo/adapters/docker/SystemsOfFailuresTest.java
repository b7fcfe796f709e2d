// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static eu.nephele.smo.adapters.docker.DockerWorld.A;
import static eu.nephele.smo.adapters.docker.DockerWorld.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The circuit of {@code docker} counts what {@code docker} fails in: one server that is away shuts off no other. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class SystemsOfFailuresTest {

    private static final ClusterId C = new ClusterId("docker", "c");
    private static final WorkloadRef WEB = DockerWorld.ref("web");
    private static final WorkloadRef OTHER = DockerWorld.ref("other");
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private DockerWorld world;

    @BeforeEach
    void begin() throws IOException {
        world = new DockerWorld();
    }

    @AfterEach
    void end() {
        world.close();
    }

    private void installed() {
        world.install(WEB, "1", DockerWorld.values(), 1, A, B);
        world.run(WEB, 1, new Share(A, 1), new Share(B, 1));
        world.awaitRollout(WEB, A, 1);
        world.awaitRollout(WEB, B, 1);
    }

    private void awaitAway(ClusterId... servers) {
        Await.until("away: " + List.of(servers), () -> world.servers.clusters().clusters().stream()
                .noneMatch(each -> List.of(servers).contains(each.id()) && each.ready()));
    }

    private static void assertUnavailable(String system, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(AdapterException.class, failed -> {
            assertThat(failed.kind()).isIn(Kind.UNAVAILABLE, Kind.TIMED_OUT);
            assertThat(failed.system()).as(failed.getMessage()).isEqualTo(system);
        });
    }

    private static Duration duration(Runnable call) {
        long begin = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void aServerThatIsAwayFailsAloneAndIsTriedAgain() throws Exception {
        installed();
        world.a().stop();
        awaitAway(A);
        assertUnavailable("docker/a", () -> world.install(OTHER, "1", DockerWorld.values(), 1, A));
        assertUnavailable("docker/a", () -> world.run(WEB, 2, new Share(A, 1), new Share(B, 2)));
        world.awaitRollout(WEB, B, 2);
        world.a().comeBack();
        Await.until("back", () -> world.on(WEB, A).isPresent());
        world.install(OTHER, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 4, new Share(A, 2), new Share(B, 2));
        world.awaitRollout(WEB, A, 2);
    }

    @Test
    void aServerThatHangsIsWaitedForByNoOneElse() {
        world.a().hang();
        awaitAway(A);
        assertThat(duration(() -> world.install(WEB, "1", DockerWorld.values(), 1, B)))
                .isLessThan(AT_ONCE);
        assertThat(duration(() -> world.run(WEB, 1, new Share(B, 1)))).isLessThan(AT_ONCE);
        assertUnavailable("docker/a", () -> world.install(OTHER, "1", DockerWorld.values(), 1, A));
        world.awaitRollout(WEB, B, 1);
    }

    @Test
    void whenNoServerAnswersTheWholeFails() {
        installed();
        world.a().stop();
        world.b().stop();
        awaitAway(A, B);
        assertUnavailable("docker", () -> world.install(WEB, "1", DockerWorld.values(), 2, A, B));
        assertUnavailable("docker", () -> world.run(WEB, 2, new Share(A, 2)));
        assertUnavailable("docker", () -> world.seen(WEB));
        assertUnavailable("docker", () -> world.servers.deployer().state(WEB));
        assertUnavailable(
                "docker",
                () -> world.servers.deployer().ensureRemoved(new StepKey(WEB, 3, "remove"), DockerWorld.OWNER));
        assertThatThrownBy(() -> world.seen(WEB))
                .hasMessageContaining("No server answers")
                .hasMessageContaining(" on a: ")
                .hasMessageContaining(" on b: ");
    }

    @Test
    void whatCannotBeDoneOnOneServerIsAFailureOfThatOne() {
        world.a().fail(request -> request.contains("/containers/create"), 500, "write /x: no space left on device");
        assertUnavailable("docker/a", () -> world.install(WEB, "1", DockerWorld.values(), 1, A, B));
    }

    /** Neither counts against the servers, nor as an answer of one, which would close a circuit that tries again. */
    @Test
    void aServerThatIsNotConfiguredIsAFailureOfNoServer() throws Exception {
        Runnable install = () -> world.install(WEB, "1", DockerWorld.values(), 1, A, C);
        assertUnavailable("smo", install);
        assertThatThrownBy(install::run).hasMessage("Server docker/c is not configured; configure it");
        world.a().stop();
        world.b().stop();
        awaitAway(A, B);
        assertUnavailable("smo", install);
        assertThatThrownBy(install::run).hasMessage("Server docker/c is not configured; configure it");
        assertThat(world.a().writes).as("nothing was tried").hasValue(0);
    }

    @Test
    void theFirstCallsAfterAStartWaitForTheFirstListings() {
        installed();
        world.crashUnlisted();
        assertThat(world.seen(WEB).orElseThrow().byCluster()).containsOnlyKeys(A, B);
        world.crashUnlisted();
        world.run(WEB, 2, new Share(A, 2), new Share(B, 1));
        world.awaitRollout(WEB, A, 2);
    }

    @Test
    void aServerThatHangsAtTheStartIsWaitedForOnceAndShortly() {
        installed();
        world.a().hang();
        world.crashUnlisted();
        assertThat(duration(() ->
                        assertThat(world.seen(WEB).orElseThrow().byCluster()).containsOnlyKeys(B)))
                .isLessThan(Duration.ofSeconds(4));
        assertThat(duration(() -> world.seen(WEB))).isLessThan(AT_ONCE);
        assertUnavailable("docker/a", () -> world.run(WEB, 2, new Share(A, 2)));
    }
}
