// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static eu.nephele.smo.adapters.docker.DockerWorld.A;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.docker.control.Controls;
import eu.nephele.smo.adapters.docker.control.ServerFleet;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.HealthProbes;
import eu.nephele.smo.adapters.docker.server.ReplicaPhases;
import eu.nephele.smo.adapters.docker.server.ServerThreads;
import eu.nephele.smo.adapters.docker.server.SpecCache;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The only server of a service is not configured any more, and its members are at the balancer still. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class MembersOfNoServerTest {

    private static final WorkloadRef WEB = DockerWorld.ref("web");

    private final PlayedBalancer balancer = new PlayedBalancer();
    private final PlayedSurroundings surroundings = new PlayedSurroundings();
    private final AtomicLong nanos = new AtomicLong(1);
    private final ServerFleet fleet = new ServerFleet(nanos::get);
    private final ServerThreads threads = new ServerThreads(32);
    private final HealthProbes probes = new HealthProbes(id -> {});
    private final Controls controls = new Controls(
            fleet,
            new ReplicaPhases(new SpecCache(), probes),
            surroundings,
            new OwnerFence("docker"),
            Clock.systemUTC(),
            new SplittableRandom());
    private DockerWorld world;

    @BeforeEach
    void begin() throws IOException {
        world = new DockerWorld();
        surroundings.balancer = Optional.of(balancer);
    }

    @AfterEach
    void end() {
        controls.close();
        probes.close();
        world.close();
        threads.close();
    }

    private void await(String what, Callable<Boolean> condition) {
        Await.until(what, () -> {
            controls.tick();
            return condition.call();
        });
    }

    private DockerServer rolledOut() {
        world.install(WEB, "1", DockerWorld.balanced(), 1, A);
        world.run(WEB, 1, new Share(A, 2));
        world.awaitRollout(WEB, A, 2);
        DockerServer server = new DockerServer(
                world.settings(A), DockerWorld.engine(A, world.a()), Clock.systemUTC(), listed -> {}, threads, threads);
        server.look(Duration.ofSeconds(10));
        fleet.add(server);
        fleet.learn(DockerWorld.OWNER);
        controls.learn(List.of(WEB));
        await("they are members", () -> balancer.members(WEB).size() == 2);
        return server;
    }

    private void remove(DockerServer server) {
        fleet.remove(server);
        controls.gone(server);
        server.close();
    }

    @Test
    void theyStayWhileTheBalancerFindsThemUpAndGoWhenTheyAreDown() {
        DockerServer server = rolledOut();
        String first = balancer.members(WEB).get(0).id();

        remove(server);
        balancer.down = id -> true;
        balancer.observed.set(0);
        long removed = System.nanoTime();
        await(
                "its configuration may come again",
                () -> System.nanoTime() - removed > Duration.ofSeconds(7).toNanos());
        assertThat(balancer.observed).hasValue(0);
        assertThat(balancer.members(WEB)).hasSize(2);

        balancer.down = first::equals;
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        await("the one that is down is out", () -> balancer.members(WEB).size() == 1);
        assertThat(balancer.observed.get()).as("not at the first look").isGreaterThanOrEqualTo(2);
        assertThat(balancer.members(WEB)).noneMatch(member -> member.id().equals(first));
        int looks = balancer.observed.get();
        await("looked again", () -> balancer.observed.get() >= looks + 1);
        assertThat(balancer.members(WEB)).hasSize(1);
        balancer.down = id -> true;
        await("all are out", () -> balancer.members(WEB).isEmpty());
        assertThat(world.a().running()).hasSize(2);
    }

    /** A look at members that are down goes on while the service is removed. */
    @Test
    void theBackendOfARemovedServiceIsNotMadeAgain() {
        remove(rolledOut());
        balancer.down = id -> true;
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        int told = balancer.told.size();
        AtomicInteger looks = new AtomicInteger();
        balancer.meanwhile = () -> {
            // at the second look they go
            if (looks.incrementAndGet() == 2) {
                controls.backends().remove(new StepKey(WEB, 2, "remove"), DockerWorld.OWNER);
            }
        };
        await("removed", () -> looks.get() >= 2 && balancer.backends.isEmpty());
        long removed = System.nanoTime();
        await(
                "that look is over",
                () -> System.nanoTime() - removed > Duration.ofSeconds(1).toNanos());
        assertThat(balancer.backends).isEmpty();
        assertThat(balancer.told).hasSize(told);
    }
}
