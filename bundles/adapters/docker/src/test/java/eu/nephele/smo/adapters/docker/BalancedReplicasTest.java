// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static eu.nephele.smo.adapters.docker.DockerWorld.A;
import static eu.nephele.smo.adapters.docker.DockerWorld.B;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.docker.PlayedDocker.PlayedContainer;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.Backend;
import eu.nephele.smo.api.port.Backend.Member;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replicas behind a balancer: taken in when they are well, drained before they stop, never stopped while it may send to
 * them.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class BalancedReplicasTest {

    private static final WorkloadRef WEB = DockerWorld.ref("web");

    private final PlayedBalancer balancer = new PlayedBalancer();
    private DockerWorld world;

    @BeforeEach
    void begin() throws IOException {
        world = new DockerWorld();
        world.surroundings.balancer = Optional.of(balancer);
    }

    @AfterEach
    void end() {
        world.close();
    }

    private void rollOut(int replicas) {
        world.install(WEB, "1", DockerWorld.balanced(), 1, A, B);
        world.run(WEB, 1, new Share(A, replicas), new Share(B, 1));
        world.awaitRollout(WEB, A, replicas);
        world.awaitRollout(WEB, B, 1);
        Await.until("all are members", () -> balancer.members(WEB).size() == replicas + 1);
    }

    @Test
    void membersAreTheReplicasWithTheirPublishedPorts() {
        rollOut(2);
        List<Integer> published =
                world.a().running().stream().map(PlayedContainer::hostPort).toList();
        assertThat(balancer.members(WEB)).extracting(Member::port).containsAll(published);
        assertThat(balancer.backends.get(WEB).port()).isEqualTo(9000);
    }

    @Test
    void aBusyReplicaIsDrainedBeforeItStops() {
        rollOut(2);
        world.a().running().forEach(each -> balancer.busy.add(each.id.substring(0, 12)));
        world.run(WEB, 2, new Share(A, 1), new Share(B, 1));
        Await.until("one drains", () -> balancer.members(WEB).stream().anyMatch(Member::draining));
        assertThat(world.a().running()).hasSize(2);
        Await.until("it stopped", () -> world.a().running().size() == 1);
        assertThat(balancer.members(WEB)).hasSize(2).noneMatch(Member::draining);
        world.awaitRollout(WEB, A, 1);
    }

    @Test
    void nothingStopsThatAFailingBalancerMaySendTo() {
        rollOut(2);
        balancer.fails = true;
        world.run(WEB, 2, new Share(A, 1), new Share(B, 1));
        Await.until("told", () -> world.seen(WEB).orElseThrow().message().contains("balancer cannot be told"));
        assertThat(world.a().running()).hasSize(2);
        balancer.fails = false;
        world.awaitRollout(WEB, A, 1);
    }

    @Test
    void nothingStopsWhileTheBalancerIsAway() {
        rollOut(2);
        world.surroundings.balancer = Optional.empty();
        world.run(WEB, 2, new Share(A, 1), new Share(B, 1));
        Await.until("drains", () -> world.seen(WEB).orElseThrow().message().contains("drained"));
        assertThat(world.a().running()).hasSize(2);
        world.surroundings.balancer = Optional.of(balancer);
        world.awaitRollout(WEB, A, 1);
    }

    @Test
    void afterACrashNoMemberIsTakenOutThatServes() {
        rollOut(2);
        balancer.told.clear();
        world.crash();
        world.seen(WEB);
        Await.until("told again", () -> !balancer.told.isEmpty());
        world.awaitRollout(WEB, A, 2);
        assertThat(balancer.told)
                .allSatisfy(backend -> assertThat(backend.members()).hasSize(3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterACrashMembersOfAServerThatWasNotListedYetStay(boolean configured) {
        rollOut(1);
        balancer.told.clear();
        balancer.observed.set(0);
        world.b().hang();
        world.crashTo(A);
        if (configured) {
            world.connect(B, world.b());
        }
        world.seen(WEB);
        Await.until("held back", () -> balancer.observed.get() >= 3);
        // the former adapter may have told it once more
        assertThat(balancer.told)
                .allSatisfy(backend -> assertThat(backend.members()).hasSize(2));
        balancer.told.clear();
        world.b().goOn();
        if (!configured) {
            world.connect(B, world.b());
        }
        Await.until("told", () -> !balancer.told.isEmpty());
        assertThat(balancer.told)
                .allSatisfy(backend -> assertThat(backend.members()).hasSize(2).noneMatch(Member::draining));
        world.a().removeByHand(world.a().running().get(0));
        Await.until("what is gone is out", () -> balancer.members(WEB).size() == 1);
    }

    /** A changed configuration is one that goes and one that comes. */
    @Test
    void aServerThatIsConfiguredAnewKeepsItsMembers() {
        rollOut(2);
        balancer.told.clear();
        world.b().hang();
        world.disconnect(B);
        world.connect(B, world.b());
        String sick = world.a().running().get(0).id;
        world.a().running().get(0).sick = true;
        Await.until("the sick one is out", () -> balancer.members(WEB).stream()
                .noneMatch(member -> sick.startsWith(member.id())));
        world.b().goOn();
        Await.until("it is listed", () -> world.on(WEB, B).isPresent());
        assertThat(balancer.told).allSatisfy(backend -> assertThat(backend.members())
                .anyMatch(member -> world.b().running().get(0).id.startsWith(member.id())));
    }

    /** Nobody has asked it by that host yet, and it is the same container. */
    @Test
    void aServerWhoseHostIsWrittenInAnotherWayKeepsItsMembers() {
        JsonObject health =
                DockerWorld.values().get("health").flatMap(JsonValue::asObject).orElseThrow();
        JsonObject slow = DockerWorld.balanced().with("health", health.with("rise", JsonNumber.of(10)));
        world.install(WEB, "1", slow, 1, B);
        world.run(WEB, 1, new Share(B, 1));
        world.awaitRollout(WEB, B, 1);
        Await.until("it is a member", () -> balancer.members(WEB).size() == 1);
        Member before = balancer.members(WEB).get(0);
        balancer.told.clear();
        world.disconnect(B);
        world.connections.put(B, world.connectBy("localhost", B));
        Await.until("it was asked by its new host often enough", () -> {
            world.seen(WEB);
            return balancer.members(WEB).stream()
                    .anyMatch(member -> member.host().equals("localhost"));
        });
        assertThat(balancer.told).allSatisfy(backend -> assertThat(backend.members())
                .singleElement()
                .satisfies(member -> assertThat(member.id()).isEqualTo(before.id()))
                .satisfies(member -> assertThat(member.draining()).isFalse()));
        world.awaitRollout(WEB, B, 1);
        assertThat(world.b().running()).hasSize(1);
    }

    @Test
    void aFormerHostThatHasNoAddressAnyMoreDoesNotKeepTheBalancerFromBeingTold() {
        JsonObject health =
                DockerWorld.values().get("health").flatMap(JsonValue::asObject).orElseThrow();
        JsonObject patient = DockerWorld.balanced().with("health", health.with("graceSeconds", JsonNumber.of(60)));
        world.install(WEB, "1", patient, 1, B);
        world.run(WEB, 1, new Share(B, 2));
        world.awaitRollout(WEB, B, 2);
        Await.until("they are members", () -> balancer.members(WEB).size() == 2);
        // nothing answers there: it is not judged by it for a minute
        world.disconnect(B);
        world.connections.put(B, world.connectBy("127.0.0.2", B));
        balancer.unknown.add("127.0.0.1");
        world.b().removeByHand(world.b().running().get(0));
        Await.within(Duration.ofSeconds(10), () -> "told: " + balancer.members(WEB), () -> {
            world.seen(WEB);
            return balancer.members(WEB).size() == 1
                    && balancer.members(WEB).get(0).host().equals("127.0.0.2");
        });
    }

    @Test
    void nobodyIsTakenOutBecauseTheAdapterEnds() {
        rollOut(1);
        for (int i = 0; i < 20; i++) {
            balancer.told.clear();
            world.crash();
            world.seen(WEB);
            Await.until("told again", () -> !balancer.told.isEmpty());
            assertThat(balancer.told)
                    .allSatisfy(backend -> assertThat(backend.members()).hasSize(2));
        }
    }

    /** The same containers are on a server that went and on one that came. */
    @Test
    void aServerThatIsGivenAnotherNameKeepsItsMembers() {
        rollOut(1);
        ClusterId renamed = new ClusterId("docker", "c");
        String sick = world.a().running().get(0).id;
        balancer.told.clear();
        world.disconnect(B);
        world.connections.put(renamed, world.connect(renamed, world.b()));
        world.a().running().get(0).sick = true;
        Await.within(
                Duration.ofSeconds(15),
                () -> "the sick one is out: " + balancer.members(WEB),
                () -> balancer.members(WEB).stream().noneMatch(member -> sick.startsWith(member.id())));
        assertThat(balancer.told).allSatisfy(backend -> assertThat(backend.members())
                .anyMatch(member -> world.b().running().get(0).id.startsWith(member.id())));
    }

    @Test
    void theLastThatWereWellStay() {
        rollOut(1);
        balancer.told.clear();
        List<PlayedContainer> first = Stream.of(world.a(), world.b())
                .flatMap(engine -> engine.running().stream())
                .toList();
        first.forEach(each -> each.sick = true);
        Await.within(
                Duration.ofSeconds(40),
                () -> "others are members: " + balancer.members(WEB),
                () -> balancer.members(WEB).size() == 2
                        && balancer.members(WEB).stream()
                                .noneMatch(member -> first.stream().anyMatch(each -> each.id.startsWith(member.id()))));
        assertThat(balancer.told)
                .allSatisfy(backend -> assertThat(backend.members()).isNotEmpty());
    }

    @Test
    void aServerThatIsAwayKeepsItsMembers() {
        rollOut(1);
        world.b().hang();
        Await.until(
                "b is away", () -> !world.seen(WEB).orElseThrow().byCluster().containsKey(B));
        world.run(WEB, 2, new Share(A, 2));
        world.awaitRollout(WEB, A, 2);
        Await.until("three members", () -> balancer.members(WEB).size() == 3);
    }

    @Test
    void theCheckOfAnOlderRevisionCountsWhileItServes() {
        rollOut(2);
        List<String> old = balancer.members(WEB).stream().map(Member::id).toList();
        balancer.told.clear();
        JsonObject health =
                DockerWorld.values().get("health").flatMap(JsonValue::asObject).orElseThrow();
        JsonObject values = DockerWorld.balanced().with("health", health.with("path", new JsonString("/new")));
        world.install(WEB, "2", values, 2, A, B);
        world.run(WEB, 2, new Share(A, 2), new Share(B, 1));
        world.awaitRollout(WEB, A, 2);
        world.awaitRollout(WEB, B, 1);
        Predicate<Backend> isOld = backend -> backend.members().stream().anyMatch(member -> old.contains(member.id()));
        assertThat(balancer.told)
                .allSatisfy(backend ->
                        assertThat(backend.check().orElseThrow().path()).isEqualTo(isOld.test(backend) ? "/" : "/new"))
                .anyMatch(backend -> isOld.test(backend)
                        && backend.members().stream().anyMatch(member -> !old.contains(member.id())))
                .anyMatch(isOld.negate());
    }

    /** The adapter finds the new one well before the balancer does, or the balancer alone cannot reach it. */
    @Test
    void theLastThatIsUpServesUntilTheBalancerSendsToAnother() {
        world.install(WEB, "1", DockerWorld.balanced(), 1, A);
        world.run(WEB, 1, new Share(A, 1));
        world.awaitRollout(WEB, A, 1);
        Await.until("it is a member", () -> balancer.members(WEB).size() == 1);
        String old = balancer.members(WEB).get(0).id();
        balancer.down = id -> !id.equals(old);
        world.install(WEB, "2", DockerWorld.balanced(), 2, A);
        world.run(WEB, 2, new Share(A, 1));
        Await.until("both are members", () -> balancer.members(WEB).size() == 2);
        balancer.told.clear();
        Await.until("told again", () -> balancer.told.size() > 3);
        assertThat(balancer.told).allSatisfy(backend -> assertThat(backend.members())
                .anyMatch(member -> member.id().equals(old) && !member.draining()));
        assertThat(world.a().running()).hasSize(2);
        balancer.down = id -> false;
        world.awaitRollout(WEB, A, 1);
        assertThat(balancer.members(WEB)).extracting(Member::id).doesNotContain(old);
    }

    /** What a long request needs after the wait is not less because of the wait. */
    @Test
    void aReplicaThatWaitedForAnotherHasItsWholeDrainAfterwards() {
        Duration drain = Duration.ofSeconds(3);
        JsonObject values = DockerWorld.balanced().with("drainSeconds", JsonNumber.of(drain.toSeconds()));
        world.install(WEB, "1", values, 1, A);
        world.run(WEB, 1, new Share(A, 1));
        world.awaitRollout(WEB, A, 1);
        Await.until("it is a member", () -> balancer.members(WEB).size() == 1);
        String old = balancer.members(WEB).get(0).id();
        balancer.busy.add(old);
        balancer.down = id -> !id.equals(old);
        world.install(WEB, "2", values, 2, A);
        world.run(WEB, 2, new Share(A, 1));
        Await.until(
                "it is to leave", () -> world.seen(WEB).orElseThrow().message().contains("drained"));
        long waits = System.nanoTime();
        Await.until(
                "it waits for longer than it may drain",
                () -> System.nanoTime() - waits > drain.plusSeconds(1).toNanos());
        assertThat(balancer.members(WEB)).hasSize(2).noneMatch(Member::draining);
        long up = System.nanoTime();
        balancer.down = id -> false;
        Await.until("it is no member", () -> balancer.members(WEB).stream()
                .noneMatch(member -> member.id().equals(old)));
        assertThat(Duration.ofNanos(System.nanoTime() - up)).isGreaterThanOrEqualTo(drain);
        assertThat(balancer.told)
                .filteredOn(backend -> backend.members().stream().anyMatch(Member::draining))
                .as("told while it drained")
                .hasSizeGreaterThan(1);
        world.awaitRollout(WEB, A, 1);
        assertThat(world.a().running()).noneMatch(each -> each.id.startsWith(old));
    }

    @Test
    void theBackendGoesWithTheRelease() {
        rollOut(1);
        world.servers
                .deployer()
                .ensureRemoved(
                        DockerWorld.request(WEB, "1", DockerWorld.balanced(), 1, A)
                                .key(),
                        DockerWorld.OWNER);
        assertThat(balancer.backends).isEmpty();
        assertThat(world.a().containers).isEmpty();
        assertThat(world.b().containers).isEmpty();
    }

    @Test
    void anUpdateNeverLeavesTheBalancerWithLess() {
        rollOut(2);
        balancer.told.clear();
        world.install(WEB, "2", DockerWorld.balanced(), 2, A, B);
        world.run(WEB, 2, new Share(A, 2), new Share(B, 1));
        world.awaitRollout(WEB, A, 2);
        world.awaitRollout(WEB, B, 1);
        assertThat(balancer.told)
                .allSatisfy(backend -> assertThat(backend.members().stream().filter(member -> !member.draining()))
                        .hasSizeGreaterThanOrEqualTo(3));
    }
}
