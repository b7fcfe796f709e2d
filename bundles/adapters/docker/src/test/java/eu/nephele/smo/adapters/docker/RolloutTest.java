// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static eu.nephele.smo.adapters.docker.DockerWorld.A;
import static eu.nephele.smo.adapters.docker.DockerWorld.B;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.docker.PlayedDocker.PlayedContainer;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From an order to replicas that answer, over updates, crashes and what people do by hand. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RolloutTest {

    private static final WorkloadRef WEB = DockerWorld.ref("web");

    private DockerWorld world;

    @BeforeEach
    void begin() throws IOException {
        world = new DockerWorld();
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void anInstalledReleaseIsOneSpareAndRunsNothing() {
        world.install(WEB, "1", DockerWorld.values(), 1, A, B);
        assertThat(world.a().containers.values()).singleElement().satisfies(spare -> {
            assertThat(spare.name).startsWith("spare.web-");
            assertThat(spare.state).isEqualTo("created");
        });
        assertThat(world.b().containers).hasSize(1);
        assertThat(world.on(WEB, A).orElseThrow().desiredReplicas()).isZero();
    }

    @Test
    void replicasRunAndTheSpareBecomesTheFirst() {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        String spare = world.a().containers.values().iterator().next().id;
        world.run(WEB, 1, new Share(A, 3));
        world.awaitRollout(WEB, A, 3);
        assertThat(world.a().containers).hasSize(3).containsKey(spare);
        assertThat(world.a().running()).hasSize(3).allSatisfy(each -> assertThat(each.name)
                .matches("web-[0-9]{10}-[0-9a-f]{8}"));
    }

    @Test
    void toZeroLeavesOneSpareAndBackToTwoNeedsNoInstallation() {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 2));
        world.awaitRollout(WEB, A, 2);
        world.run(WEB, 2, new Share(A, 0));
        world.awaitRollout(WEB, A, 0);
        assertThat(world.a().containers.values()).singleElement().satisfies(spare -> {
            assertThat(spare.name).startsWith("spare.");
            assertThat(spare.isRunning()).isFalse();
        });
        world.run(WEB, 3, new Share(A, 2));
        world.awaitRollout(WEB, A, 2);
    }

    @Test
    void aServerThatIsNotNamedLosesReplicasAndSpare() {
        world.install(WEB, "1", DockerWorld.values(), 1, A, B);
        world.run(WEB, 1, new Share(A, 1), new Share(B, 1));
        world.awaitRollout(WEB, A, 1);
        world.awaitRollout(WEB, B, 1);
        world.run(WEB, 2, new Share(B, 1));
        Await.until("nothing is left on a", () -> world.a().containers.isEmpty());
        assertThat(world.b().running()).hasSize(1);
    }

    @Test
    void anUpdateGoesReplicaByReplicaAndNeverBelow() throws Exception {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 3));
        world.awaitRollout(WEB, A, 3);
        Watch watch = new Watch(world.a());
        world.install(WEB, "2", DockerWorld.values(), 2, A);
        world.run(WEB, 2, new Share(A, 3));
        world.awaitRollout(WEB, A, 3);
        watch.end();
        assertThat(watch.least()).isGreaterThanOrEqualTo(3);
        assertThat(watch.most()).isLessThanOrEqualTo(4);
        assertThat(world.a().containers.values()).extracting(each -> each.image).containsOnly("localhost/app:2");
        assertThat(world.servers.deployer().state(WEB).orElseThrow().revision()).isEqualTo(2);
    }

    @Test
    void whatOnlyChangesHowReplicasAreReplacedReplacesNoneAndCountsForTheNextUpdate() {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 2));
        world.awaitRollout(WEB, A, 2);
        Set<String> before = Set.copyOf(world.a().containers.keySet());
        JsonObject limited = DockerWorld.values()
                .with("startSeconds", JsonNumber.of(7))
                .with("update", JsonObject.EMPTY.with("batchSize", JsonNumber.of(2)));
        world.install(WEB, "1", limited, 2, A);
        world.run(WEB, 2, new Share(A, 2));
        world.awaitRollout(WEB, A, 2);
        assertThat(world.servers.deployer().state(WEB).orElseThrow().digest())
                .as("the release is the one that was asked for")
                .isEqualTo(DockerWorld.request(WEB, "1", limited, 2, A).digest());
        assertThat(world.a().running()).extracting(each -> each.id).containsExactlyInAnyOrderElementsOf(before);
        world.crash();
        world.awaitRollout(WEB, A, 2);
        assertThat(world.a().running()).extracting(each -> each.id).containsExactlyInAnyOrderElementsOf(before);
        world.run(WEB, 3, new Share(A, 3));
        world.awaitRollout(WEB, A, 3);
        assertThat(world.a().containers.keySet()).hasSize(3).containsAll(before);
    }

    /** Counts running containers at short intervals. */
    private static final class Watch {
        private volatile int least = Integer.MAX_VALUE;
        private volatile int most;
        private volatile boolean over;
        private final Thread thread;

        Watch(PlayedDocker docker) {
            thread = new Thread(() -> {
                while (!over) {
                    int now = docker.running().size();
                    least = Math.min(least, now);
                    most = Math.max(most, now);
                    LockSupport.parkNanos(1_000_000);
                }
            });
            thread.start();
        }

        int least() {
            return least;
        }

        int most() {
            return most;
        }

        void end() throws InterruptedException {
            over = true;
            thread.join();
        }
    }

    @Test
    void aRevisionThatNeverGetsWellIsGivenUpAndTheOldOneStays() {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 2));
        world.awaitRollout(WEB, A, 2);
        world.a().sickImages.add("localhost/app:2");
        world.install(WEB, "2", DockerWorld.values(), 2, A);
        world.run(WEB, 2, new Share(A, 2));
        Await.until(
                () -> "given up: " + world.seen(WEB),
                () -> world.seen(WEB).orElseThrow().failure().isPresent()
                        && world.a().running().stream().allMatch(each -> each.image.endsWith(":1")));
        assertThat(world.a().running()).hasSize(2);
        assertThat(world.servers.deployer().state(WEB).orElseThrow().status().name())
                .isEqualTo("FAILED");
        world.install(WEB, "1", DockerWorld.values(), 3, A);
        world.run(WEB, 3, new Share(A, 2));
        Await.until(
                () -> "back: " + world.seen(WEB),
                () -> world.seen(WEB).orElseThrow().failure().isEmpty());
        world.awaitRollout(WEB, A, 2);
    }

    @Test
    void aReplicaThatEndsIsStartedAgain() {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 2));
        world.awaitRollout(WEB, A, 2);
        PlayedContainer victim = world.a().running().get(0);
        world.a().kill(victim);
        Await.until("it runs again", () -> victim.isRunning());
        world.awaitRollout(WEB, A, 2);
    }

    @Test
    void oneThatEndsAtOnceIsStartedAtGrowingDistances() {
        world.a().exiting.add("localhost/app:1");
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 1));
        Await.until("three starts", () -> world.a().replicas().stream().anyMatch(each -> each.starts == 3));
        assertThat(world.seen(WEB).orElseThrow().message()).contains("Exited (1)");
        assertThat(world.on(WEB, A).orElseThrow().readyReplicas()).isZero();
        world.a().exiting.clear();
        world.awaitRollout(WEB, A, 1);
    }

    @Test
    void anUnhealthyReplicaIsReplacedByAnotherOne() {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 2));
        world.awaitRollout(WEB, A, 2);
        PlayedContainer sick = world.a().running().get(0);
        sick.sick = true;
        Await.until(
                () -> "replaced: " + world.seen(WEB),
                () -> !world.a().containers.containsKey(sick.id));
        world.awaitRollout(WEB, A, 2);
        assertThat(world.surroundings.replaced).as("it is told once").containsExactly(WEB);
    }

    @Test
    void whatIsRemovedByHandLowersWhatIsDesired() {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 3));
        world.awaitRollout(WEB, A, 3);
        world.a().removeByHand(world.a().running().get(0));
        Await.until("desired is lower", () -> world.on(WEB, A).orElseThrow().desiredReplicas() == 2);
        world.run(WEB, 1, new Share(A, 3));
        world.awaitRollout(WEB, A, 3);
    }

    @Test
    void afterACrashReplicasThatDoNotRunAreMendedWithoutAnOrder() {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 2));
        world.awaitRollout(WEB, A, 2);
        world.servers.close();
        world.a().kill(world.a().running().get(0));
        world.crash();
        world.awaitRollout(WEB, A, 2);
        assertThat(world.servers.deployer().state(WEB).orElseThrow().digest())
                .isEqualTo(DockerWorld.request(WEB, "1", DockerWorld.values(), 1, A)
                        .digest());
    }

    @Test
    void aCrashAtAnyWriteOfAnUpdateIsMendedByTheSameOrder() {
        for (int write = 1; write <= 9; write++) {
            WorkloadRef ref = DockerWorld.ref("web" + write);
            world.install(ref, "1", DockerWorld.values(), 1, A);
            world.run(ref, 1, new Share(A, 2));
            world.awaitRollout(ref, A, 2);
            int stopAt = world.a().writes.get() + write;
            world.install(ref, "2", DockerWorld.values(), 2, A);
            world.run(ref, 2, new Share(A, 2));
            Await.until(
                    "some writes",
                    () -> world.a().writes.get() >= stopAt
                            || world.on(ref, A)
                                    .filter(there -> there.updatedReplicas() == 2 && there.replicas() == 2)
                                    .isPresent());
            world.crash();
            world.install(ref, "2", DockerWorld.values(), 2, A);
            world.run(ref, 2, new Share(A, 2));
            world.awaitRollout(ref, A, 2);
            String name = "web" + write;
            assertThat(world.a().containers.values().stream().filter(each -> each.name.contains(name)))
                    .as("after a crash at write %d", write)
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(each.image).isEqualTo("localhost/app:2"));
            world.servers
                    .deployer()
                    .ensureRemoved(
                            DockerWorld.request(ref, "2", DockerWorld.values(), 2, A)
                                    .key(),
                            DockerWorld.OWNER);
        }
        assertThat(world.a().containers).isEmpty();
    }

    @Test
    void aFixedPortIsHandedOverWithoutOneMore() {
        JsonObject fixed = DockerWorld.values().with("ports", new JsonArray(List.of(new JsonString("8081:8080"))));
        world.install(WEB, "1", fixed, 1, A);
        world.run(WEB, 1, new Share(A, 1));
        world.awaitRollout(WEB, A, 1);
        world.install(WEB, "2", fixed, 2, A);
        world.run(WEB, 2, new Share(A, 1));
        world.awaitRollout(WEB, A, 1);
        assertThat(world.a().containers.values()).singleElement().satisfies(each -> assertThat(each.image)
                .isEqualTo("localhost/app:2"));
    }

    @Test
    void aFullServerTakesNoMoreAndSaysSo() {
        world.crash(2);
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 3));
        Await.until(
                () -> "full: " + world.seen(WEB),
                () -> world.seen(WEB).orElseThrow().message().contains("full: 2 of 2"));
        assertThat(world.a().running()).hasSize(2);
    }

    @Test
    void nothingIsDoneWithoutATenure() {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 1));
        world.awaitRollout(WEB, A, 1);
        world.surroundings.left = Duration.ZERO;
        int writes = world.a().writes.get();
        world.a().kill(world.a().running().get(0));
        int listings = world.a().listings.get();
        Await.until("it was looked at", () -> world.a().listings.get() > listings + 2);
        assertThat(world.a().writes).hasValue(writes);
        world.surroundings.left = Duration.ofHours(1);
        Await.until("mended", () -> world.a().running().size() == 1);
    }
}
