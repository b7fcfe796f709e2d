// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static eu.nephele.smo.adapters.docker.DockerWorld.A;
import static eu.nephele.smo.adapters.docker.DockerWorld.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.adapters.docker.PlayedDocker.PlayedContainer;
import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState.Status;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines that hang, go away, are full, or belong to others, too. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class FaultsOfServersTest {

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

    private static Kind kindOf(Runnable call) {
        try {
            call.run();
        } catch (AdapterException failed) {
            return failed.kind();
        }
        throw new AssertionError("no failure");
    }

    @Test
    void aHangingServerDelaysNoOther() {
        world.install(WEB, "1", DockerWorld.values(), 1, A, B);
        world.run(WEB, 1, new Share(A, 1), new Share(B, 1));
        world.awaitRollout(WEB, A, 1);
        world.awaitRollout(WEB, B, 1);
        world.a().hang();
        Await.until("a is not ready", () -> !ready(A.name()));
        long begin = System.nanoTime();
        assertThat(world.seen(WEB).orElseThrow().byCluster()).containsOnlyKeys(B);
        assertThatThrownBy(() -> world.run(WEB, 2, new Share(A, 2), new Share(B, 2)))
                .hasMessageContaining("server a does not answer");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        world.awaitRollout(WEB, B, 2);
        assertThat(world.servers
                        .runtime()
                        .remains(List.of(WEB), Set.of(A, B))
                        .get(WEB)
                        .unseen())
                .containsOnlyKeys(A);
        world.a().goOn();
        Await.until("a is back", () -> world.on(WEB, A).isPresent());
        assertThat(world.on(WEB, A).orElseThrow().readyReplicas()).isEqualTo(1);
    }

    @Test
    void aServerThatIsAwayKeepsNoOtherFromItsReleaseAndShares() throws Exception {
        world.a().stop();
        Await.until("a is not ready", () -> !ready(A.name()));
        InstallRequest request = DockerWorld.request(WEB, "1", DockerWorld.values(), 1, A, B);
        var state = world.servers.deployer().ensureInstalled(request);
        assertThat(state.status()).isEqualTo(Status.PENDING);
        assertThat(state.message()).contains("server a does not answer");
        assertThatThrownBy(() -> world.run(WEB, 1, new Share(A, 1), new Share(B, 2)))
                .hasMessageContaining("server a does not answer");
        world.awaitRollout(WEB, B, 2);
        assertThat(kindOf(() -> world.install(DockerWorld.ref("other"), "1", DockerWorld.values(), 1, A)))
                .isEqualTo(Kind.UNAVAILABLE);
        world.a().comeBack();
        Await.until("a is ready", () -> ready(A.name()));
        assertThat(world.servers.deployer().ensureInstalled(request).status()).isEqualTo(Status.DEPLOYED);
        world.run(WEB, 1, new Share(A, 1), new Share(B, 2));
        world.awaitRollout(WEB, A, 1);
    }

    private boolean ready(String name) {
        return world.servers.clusters().clusters().stream()
                .anyMatch(each -> each.id().name().equals(name) && each.ready());
    }

    @Test
    void theEventStreamIsFollowedAgainAfterARestart() throws Exception {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 1));
        world.awaitRollout(WEB, A, 1);
        world.a().stop();
        Await.until("a is not ready", () -> !ready(A.name()));
        world.a().comeBack();
        Await.until("followed again", () -> ready(A.name()) && world.a().streams() == 1);
        world.awaitRollout(WEB, A, 1);
        world.a().kill(world.a().running().get(0));
        world.awaitRollout(WEB, A, 1);
    }

    @Test
    void aLongPullIsPendingAndTellsHowFarItIs() {
        world.a().registry.add("localhost/app:9");
        CountDownLatch pull = new CountDownLatch(1);
        world.a().pulls = Optional.of(pull);
        InstallRequest request = DockerWorld.request(WEB, "9", DockerWorld.values(), 1, A);
        var state = world.servers.deployer().ensureInstalled(request);
        assertThat(state.status()).isEqualTo(Status.PENDING);
        assertThat(state.message()).contains("5 MiB");
        assertThat(state.digest()).isEqualTo(request.digest());
        world.run(WEB, 1, new Share(A, 1));
        assertThat(world.on(WEB, A).orElseThrow().observedCurrent()).isFalse();
        pull.countDown();
        world.awaitRollout(WEB, A, 1);
        assertThat(world.servers.deployer().ensureInstalled(request).status()).isEqualTo(Status.DEPLOYED);
    }

    @Test
    void anImageThatIsNowhereIsRefused() {
        assertThatThrownBy(() -> world.install(WEB, "8", DockerWorld.values(), 1, A))
                .isInstanceOfSatisfying(AdapterException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(Kind.REFUSED))
                .hasMessageContaining("manifest unknown");
        world.a().images.add("localhost/app:8");
        world.install(WEB, "8", DockerWorld.values(), 1, A);
    }

    @Test
    void goingBackFromARevisionThatCannotBePulledIsComplete() {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 1));
        world.awaitRollout(WEB, A, 1);
        assertThat(kindOf(() -> world.install(WEB, "8", DockerWorld.values(), 2, A, B)))
                .isEqualTo(Kind.REFUSED);
        assertThat(world.on(WEB, A).orElseThrow().observedCurrent()).isFalse();
        world.install(WEB, "1", DockerWorld.values(), 3, A);
        world.run(WEB, 3, new Share(A, 1));
        world.awaitRollout(WEB, A, 1);
        assertThat(world.seen(WEB).orElseThrow().byCluster()).containsOnlyKeys(A);
    }

    @Test
    void aFullDiskIsNamedWithItsRemedyAndOverWhenItIs() {
        world.a().fail(request -> request.contains("/containers/create"), 500, "write /x: no space left on device");
        assertThatThrownBy(() -> world.install(WEB, "1", DockerWorld.values(), 1, A))
                .isInstanceOfSatisfying(AdapterException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("free space on its disk");
        world.a().heal();
        world.install(WEB, "1", DockerWorld.values(), 1, A);
    }

    @Test
    void aTakenPortIsToldAndTriedAgain() {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.a().fail(request -> request.endsWith("/start"), 500, "driver failed: port is already allocated");
        world.run(WEB, 1, new Share(A, 1));
        Await.until("told", () -> world.seen(WEB).orElseThrow().message().contains("port is already allocated"));
        world.a().heal();
        world.awaitRollout(WEB, A, 1);
    }

    @Test
    void aTakenNameIsAvoided() {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 1));
        world.awaitRollout(WEB, A, 1);
        world.a().fail(request -> request.contains("/containers/create"), 409, "the name is already in use");
        world.run(WEB, 2, new Share(A, 2));
        Await.until("told", () -> world.seen(WEB).orElseThrow().message().contains("already in use"));
        world.a().heal();
        world.awaitRollout(WEB, A, 2);
    }

    @Test
    void wrongValuesAreRefusedBeforeAnythingIsDone() {
        JsonObject wrong = DockerWorld.values().with("restart", new JsonString("always"));
        assertThat(kindOf(() -> world.install(WEB, "1", wrong, 1, A))).isEqualTo(Kind.REFUSED);
        assertThat(kindOf(() -> world.install(WEB, "1", DockerWorld.values(), 1)))
                .isEqualTo(Kind.REFUSED);
        JsonObject root = DockerWorld.values().with("volumes", PlayedValues.texts("/etc:/host"));
        assertThatThrownBy(() -> world.install(WEB, "1", root, 1, A)).hasMessageContaining("not below the hostPaths");
        world.install(WEB, "1", DockerWorld.values().with("volumes", PlayedValues.texts("/srv/x:/x", "data:/y")), 1, A);
        assertThat(world.b().writes).hasValue(0);
    }

    @Test
    void secretsAreResolvedWhenAContainerIsMadeAndStandInNoLabel() {
        JsonObject values = DockerWorld.values()
                .with(
                        "environment",
                        JsonObject.EMPTY.with("TOKEN", JsonObject.EMPTY.with("secret", new JsonString("env:T"))));
        assertThatThrownBy(() -> world.install(WEB, "1", values, 1, A))
                .hasMessageContaining("there is no secret env:T");
        world.surroundings.secrets.put("env:T", "hidden");
        world.install(WEB, "1", values, 1, A);
        PlayedContainer spare = world.a().containers.values().iterator().next();
        assertThat(spare.asked.path("Env").toString()).contains("TOKEN=hidden");
        assertThat(spare.labels.toString()).doesNotContain("hidden");
    }

    @Test
    void aSecretThatTheServerDoesNotNameIsRefusedBeforeAnythingIsDone() {
        for (String reference : List.of("file:/etc/shadow", "env:TT", "env:t", "vault:a#b", "k8s:a/b/c", "env:*")) {
            world.surroundings.secrets.put(reference, "hidden");
            JsonObject values = DockerWorld.values()
                    .with(
                            "environment",
                            JsonObject.EMPTY.with("TOKEN", JsonObject.EMPTY.with("secret", new JsonString(reference))));
            assertThatThrownBy(() -> world.install(WEB, "9", values, 1, B, A))
                    .isInstanceOfSatisfying(AdapterException.class, failed -> assertThat(failed.kind())
                            .isEqualTo(Kind.REFUSED))
                    .hasMessageContaining("environment.TOKEN is the secret " + reference)
                    .hasMessageContaining("the property secrets");
        }
        assertThat(world.a().log).as("pulls and writes").isEmpty();
        assertThat(world.b().log).isEmpty();
    }

    @Test
    void aSecretThatIsNotNamedAnyMoreIsNotResolvedForReplicas() {
        JsonObject values = DockerWorld.values()
                .with(
                        "environment",
                        JsonObject.EMPTY.with("TOKEN", JsonObject.EMPTY.with("secret", new JsonString("env:T"))));
        world.surroundings.secrets.put("env:T", "hidden");
        world.install(WEB, "1", values, 1, A);
        world.secrets = List.of();
        world.crash();
        world.run(WEB, 1, new Share(A, 2));
        Await.until(
                () -> "told: " + world.seen(WEB),
                () -> world.seen(WEB).orElseThrow().message().contains("environment.TOKEN is the secret env:T"));
        assertThat(world.a().containers).hasSize(1);
    }

    @Test
    void whatAnotherInstallationRunsIsAConflictAndStays() {
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 1));
        world.awaitRollout(WEB, A, 1);
        InstallRequest mine = DockerWorld.request(WEB, "2", DockerWorld.values(), 5, A);
        InstallRequest theirs = new InstallRequest(
                mine.key(),
                mine.artifact(),
                mine.values(),
                mine.targets(),
                1,
                Resources.NONE,
                1,
                "installation-2",
                Set.of());
        int writes = world.a().writes.get();
        assertThat(kindOf(() -> world.servers.deployer().ensureInstalled(theirs)))
                .isEqualTo(Kind.CONFLICT);
        world.servers.deployer().ensureRemoved(theirs.key(), "installation-2");
        assertThat(world.a().writes).hasValue(writes);
        assertThat(world.servers.deployer().owned()).singleElement().satisfies(state -> assertThat(state.owner())
                .isEqualTo(DockerWorld.OWNER));
    }

    @Test
    void strangersOfThatNameAreToldAndAdoptedByTheirFingerprintOnly() throws Exception {
        PlayedContainer stranger = world.a().stranger("web-1700000000-0123abcd");
        PlayedContainer other = world.a().stranger("web2-1700000000-0123abcd");
        InstallRequest request = DockerWorld.request(WEB, "1", DockerWorld.values(), 1, A);
        assertThat(kindOf(() -> world.servers.deployer().ensureInstalled(request)))
                .isEqualTo(Kind.CONFLICT);
        ForeignRelease told =
                world.servers.deployer().foreign(List.of(request)).get(WEB).get(0);
        assertThat(told.maker()).contains("web-1700000000-0123abcd").doesNotContain("web2");
        world.servers
                .deployer()
                .ensureInstalled(DockerWorld.request(WEB, "1", DockerWorld.values(), 1, Set.of(told.fingerprint()), A));
        assertThat(stranger.isRunning()).isTrue();
        world.run(WEB, 1, new Share(A, 2));
        Await.until("it left", () -> !world.a().containers.containsKey(stranger.id));
        world.awaitRollout(WEB, A, 2);
        assertThat(other.isRunning()).isTrue();
    }

    @Test
    void whatOthersRunCountsAsUsed() throws Exception {
        world.a().stranger("theirs");
        world.install(WEB, "1", DockerWorld.values(), 1, A);
        world.run(WEB, 1, new Share(A, 2));
        world.awaitRollout(WEB, A, 2);
        var state = world.servers.clusters().clusters().get(0);
        assertThat(state.allocated().extended()).containsEntry(Resources.CONTAINERS, 3L);
        assertThat(state.allocated().cpuMillis()).isEqualTo(2 * 250 + 500);
        assertThat(state.allocatable().cpuMillis()).isEqualTo(4000);
        assertThat(state.runs("container")).isTrue();
        assertThat(state.runs("helm")).isFalse();
        assertThat(world.a().inspections.get())
                .as("inspections of one stranger")
                .isEqualTo(1);
    }
}
