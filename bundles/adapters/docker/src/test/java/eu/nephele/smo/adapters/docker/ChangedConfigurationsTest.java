// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static eu.nephele.smo.adapters.docker.DockerWorld.A;
import static eu.nephele.smo.adapters.docker.DockerWorld.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.adapters.docker.control.Controls;
import eu.nephele.smo.adapters.docker.control.RevisionInstall;
import eu.nephele.smo.adapters.docker.control.ServerFleet;
import eu.nephele.smo.adapters.docker.control.WorkloadControl;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.model.ServerShare;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.HealthProbes;
import eu.nephele.smo.adapters.docker.server.ReplicaPhases;
import eu.nephele.smo.adapters.docker.server.ServerThreads;
import eu.nephele.smo.adapters.docker.server.SpecCache;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.ReleaseState.Status;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Configurations of servers that go, come again, and have the same name. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class ChangedConfigurationsTest {

    private static final WorkloadRef WEB = DockerWorld.ref("web");

    private final ServerThreads threads = new ServerThreads(32);
    private DockerWorld world;

    @BeforeEach
    void begin() throws IOException {
        world = new DockerWorld();
    }

    @AfterEach
    void end() {
        world.close();
        threads.close();
    }

    private boolean ready() {
        return world.servers.clusters().clusters().stream()
                .anyMatch(each -> each.id().equals(A) && each.ready());
    }

    private static void isUnavailable(Throwable failed) {
        assertThat(failed).isInstanceOfSatisfying(AdapterException.class, its -> assertThat(its.kind())
                .isEqualTo(Kind.UNAVAILABLE));
    }

    @Test
    void aServerWhoseConfigurationIsAwayIsUnavailable() throws IOException {
        world.install(WEB, "1", DockerWorld.values(), 1, A, B);
        world.disconnect(A);
        assertThatThrownBy(() -> world.install(WEB, "1", DockerWorld.values(), 2, A, B))
                .satisfies(ChangedConfigurationsTest::isUnavailable)
                .hasMessageContaining("is not configured");
        assertThatThrownBy(() -> world.run(WEB, 2, new Share(A, 1)))
                .satisfies(ChangedConfigurationsTest::isUnavailable);
        world.connections.put(A, world.connect(A, world.a()));
        Await.until("a is ready", this::ready);
        world.install(WEB, "1", DockerWorld.values(), 2, A, B);
        world.run(WEB, 2, new Share(A, 1));
        world.awaitRollout(WEB, A, 1);
    }

    @Test
    void aSecondConfigurationOfANameCountsOnceTheFirstIsGone() throws Exception {
        try (PlayedDocker other = new PlayedDocker()) {
            world.install(WEB, "1", DockerWorld.values(), 1, A);
            world.run(WEB, 1, new Share(A, 1));
            world.awaitRollout(WEB, A, 1);
            AutoCloseable second = world.connect(A, other);
            world.run(WEB, 2, new Share(A, 2));
            world.awaitRollout(WEB, A, 2);
            assertThat(world.a().running()).hasSize(2);
            assertThat(other.containers).isEmpty();
            world.connect(A, other).close();
            world.disconnect(A);
            Await.until("the second is ready", () -> ready() && other.listings.get() > 0);
            world.install(WEB, "1", DockerWorld.values(), 3, A);
            world.run(WEB, 3, new Share(A, 1));
            world.awaitRollout(WEB, A, 1);
            assertThat(other.running()).hasSize(1);
            assertThat(world.a().running()).hasSize(2);
            second.close();
            assertThatThrownBy(() -> world.run(WEB, 4, new Share(A, 1))).hasMessageContaining("is not configured");
        }
    }

    @Test
    void installationsOnAServerThatIsReconfiguredFailAndBeginAnew() throws Exception {
        world.a().registry.add("localhost/app:9");
        world.a().pulls = Optional.of(new CountDownLatch(1));
        List<InstallRequest> requests = List.of("x", "y", "z").stream()
                .map(name -> DockerWorld.request(DockerWorld.ref(name), "9", DockerWorld.values(), 1, A))
                .toList();
        List<CompletableFuture<Throwable>> failures = new ArrayList<>();
        for (InstallRequest request : requests) {
            failures.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            throw new AssertionError(world.servers.deployer().ensureInstalled(request));
                        } catch (AdapterException failed) {
                            return failed;
                        }
                    },
                    task -> new Thread(task).start()));
        }
        Await.until(
                "two are pulled, one waits",
                () -> world.a().log.stream()
                                        .filter(each -> each.contains("/images/create"))
                                        .count()
                                == 2
                        && requests.stream().allMatch(each -> world.servers
                                .deployer()
                                .state(each.key().workload())
                                .isPresent()));
        world.disconnect(A);
        for (CompletableFuture<Throwable> failure : failures) {
            assertThat(failure.get(10, TimeUnit.SECONDS))
                    .satisfies(ChangedConfigurationsTest::isUnavailable)
                    .hasMessageContaining("not configured any more");
        }
        world.a().pulls.ifPresent(CountDownLatch::countDown);
        world.connections.put(A, world.connect(A, world.a()));
        Await.until("a is ready", this::ready);
        for (InstallRequest request : requests) {
            assertThat(world.servers.deployer().ensureInstalled(request).status())
                    .isEqualTo(Status.DEPLOYED);
        }
    }

    @Test
    void whatIsAskedOfAFormerServerFailsAndIsForgotten() {
        try (Controls controls = controls(new ServerFleet())) {
            DockerServer former = server();
            former.close();
            RevisionInstall installation = controls.installer()
                    .ensure(
                            former,
                            ContainerRecord.wanted(DockerWorld.request(WEB, "1", DockerWorld.values(), 1, A), 1));
            assertThat(installation.failure()).hasValueSatisfying(ChangedConfigurationsTest::isUnavailable);
            assertThat(controls.installer().present(former, WEB)).isEmpty();
        }
    }

    @Test
    void aControlOfAFormerServerIsReplaced() {
        ServerFleet fleet = new ServerFleet();
        try (Controls controls = controls(fleet);
                DockerServer former = server();
                DockerServer present = server()) {
            fleet.add(former);
            controls.order(former, WEB, new ServerShare(1, true), 1);
            WorkloadControl old = controls.present(A, WEB).orElseThrow();
            fleet.remove(former);
            fleet.add(present);
            assertThat(controls.present(A, WEB)).isEmpty();
            controls.order(present, WEB, new ServerShare(2, true), 2);
            assertThat(controls.present(A, WEB)).isPresent().get().isNotSameAs(old);
            controls.order(former, WEB, new ServerShare(3, true), 3);
            controls.gone(former);
            assertThat(controls.present(A, WEB).orElseThrow().wanted()).hasValue(new ServerShare(3, true));
        }
    }

    @Test
    void whatRunsOnAFormerServerGetsRequestsUntilAnotherOfItsNameIsListed() {
        ServerFleet fleet = new ServerFleet();
        try (DockerServer former = server();
                DockerServer wrong = server();
                DockerServer present = server()) {
            former.look(Duration.ofSeconds(10));
            fleet.add(former);
            fleet.remove(former);
            fleet.add(wrong);
            fleet.remove(wrong);
            assertThat(fleet.serving()).containsExactly(former);
            fleet.add(present);
            assertThat(fleet.serving()).containsExactly(present, former);
            present.look(Duration.ofSeconds(10));
            assertThat(fleet.serving()).containsExactly(present);
            fleet.remove(present);
            assertThat(fleet.serving()).containsExactly(present);
        }
    }

    @Test
    void whatRunsOnAServerThatGoesForGoodIsForgotten() {
        AtomicLong nanos = new AtomicLong(1);
        ServerFleet fleet = new ServerFleet(nanos::get);
        try (DockerServer former = server()) {
            former.look(Duration.ofSeconds(10));
            fleet.add(former);
            fleet.remove(former);
            nanos.addAndGet(Duration.ofMillis(29_999).toNanos());
            assertThat(fleet.serving()).containsExactly(former);
            nanos.addAndGet(Duration.ofMillis(1).toNanos());
            assertThat(fleet.serving()).isEmpty();
        }
    }

    private DockerServer server() {
        return new DockerServer(
                world.settings(A), DockerWorld.engine(A, world.a()), Clock.systemUTC(), listed -> {}, threads, threads);
    }

    private Controls controls(ServerFleet fleet) {
        return new Controls(
                fleet,
                new ReplicaPhases(new SpecCache(), new HealthProbes(id -> {})),
                world.surroundings,
                new OwnerFence("docker"),
                Clock.systemUTC(),
                new SplittableRandom());
    }
}
