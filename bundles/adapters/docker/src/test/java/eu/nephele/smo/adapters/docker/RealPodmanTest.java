// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import eu.nephele.smo.adapters.docker.engine.DirectTransport;
import eu.nephele.smo.adapters.docker.engine.DockerJavaEngine;
import eu.nephele.smo.adapters.docker.server.ServerSettings;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.PodmanService;
import eu.nephele.smo.lab.testbed.components.Processes;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Podman: web servers that run, are updated, killed and removed, while the engine ends and comes back. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class RealPodmanTest {

    private static final ClusterId HERE = new ClusterId("docker", "here");
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final WorkloadRef WEB = DockerWorld.ref("web");

    @TempDir
    Path folder;

    private final PlayedSurroundings surroundings = new PlayedSurroundings();
    private Processes processes;
    private PodmanService podman;
    private DockerClient client;
    private DockerServers servers;

    @BeforeEach
    void begin() throws Exception {
        List<String> absent = Binaries.ofThisMachine().absent(List.of("podman", "runc", "slirp4netns"));
        if (!absent.isEmpty() || !Files.isExecutable(BUSYBOX)) {
            System.err.println("*** SKIPPED, NO REAL ENGINE: " + absent + ", " + BUSYBOX + " ***");
        }
        Assumptions.assumeTrue(absent.isEmpty() && Files.isExecutable(BUSYBOX), "podman, runc, slirp4netns, busybox");
        processes = new Processes(folder.resolve("processes"));
        podman = PodmanService.start(
                Files.createDirectories(folder.resolve("podman")), Binaries.ofThisMachine(), processes);
        client = client();
        makeImage("1");
        makeImage("2");
        servers = adapter();
    }

    private URI address() {
        return URI.create("unix://" + podman.socket());
    }

    private DockerClient client() {
        return DockerClientImpl.getInstance(
                DefaultDockerClientConfig.createDefaultConfigBuilder()
                        .withDockerHost(address().toString())
                        .build(),
                new ApacheDockerHttpClient.Builder().dockerHost(address()).build());
    }

    private DockerServers adapter() {
        DockerServers fresh = new DockerServers(surroundings, Duration.ofSeconds(1));
        fresh.begin(surroundings.tenure);
        ServerSettings settings = new ServerSettings(
                HERE,
                "127.0.0.1",
                "slirp4netns",
                10,
                Map.of(),
                "",
                List.of(),
                Map.of(),
                List.of(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60));
        fresh.add(
                settings,
                new DockerJavaEngine(
                        "here",
                        new DirectTransport(address(), Optional.empty(), Duration.ofSeconds(2)),
                        Duration.ofSeconds(10)));
        Await.until("listed", () -> fresh.clusters().clusters().get(0).ready());
        return fresh;
    }

    /** Without a registry: an archive with one program and one page. */
    private void makeImage(String tag) throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("image" + tag));
        Files.copy(BUSYBOX, root.resolve("busybox"));
        Files.writeString(Files.createDirectories(root.resolve("www")).resolve("index.html"), "page " + tag + "\n");
        Path archive = folder.resolve("image" + tag + ".tar");
        int status = new ProcessBuilder("tar", "-C", root.toString(), "-cf", archive.toString(), ".")
                .start()
                .waitFor();
        assertThat(status).isZero();
        podman.importImage(archive, "localhost/app:" + tag);
    }

    @AfterEach
    void end() throws Exception {
        if (podman == null) {
            return;
        }
        if (servers != null) {
            servers.close();
        }
        podman.startAgain();
        for (Container container :
                client().listContainersCmd().withShowAll(true).exec()) {
            client().removeContainerCmd(container.getId()).withForce(true).exec();
        }
        podman.close();
        processes.close();
    }

    private static JsonObject values() {
        return DockerWorld.values()
                .with("command", PlayedValues.texts("/busybox", "httpd", "-f", "-p", "8080", "-h", "/www"))
                .with("restart", new JsonString("no"))
                .with("startSeconds", JsonNumber.of(60));
    }

    private InstallRequest request(String tag, long assignment) {
        return new InstallRequest(
                new StepKey(WEB, assignment, "install"),
                new Artifact("oci://localhost/app:" + tag, "App", "CONTAINER", "CONTAINER", values()),
                values(),
                List.of(ClusterTarget.of(HERE)),
                1,
                Resources.NONE,
                assignment,
                DockerWorld.OWNER,
                Set.of());
    }

    private void run(int replicas, long assignment) {
        servers.runtime().ensureShares(new StepKey(WEB, assignment, "scale"), List.of(new Share(HERE, replicas)));
    }

    private Optional<WorkloadObservation> seen() {
        return Optional.ofNullable(servers.runtime().observe(List.of(WEB)).get(WEB));
    }

    private void awaitRollout(int replicas) {
        Await.within(Duration.ofSeconds(90), () -> "rolled out: " + seen(), () -> seen().filter(there -> there.message()
                                .isEmpty()
                        && there.byCluster().get(HERE) != null
                        && there.byCluster().get(HERE).desiredReplicas() == replicas
                        && there.byCluster().get(HERE).waitsFor(replicas).isEmpty())
                .isPresent());
    }

    private Set<String> images() {
        return client.listContainersCmd().exec().stream()
                .map(Container::getImage)
                .collect(Collectors.toSet());
    }

    @Test
    void replicasAreRunUpdatedMendedAndRemoved() throws Exception {
        servers.deployer().ensureInstalled(request("1", 1));
        run(2, 1);
        awaitRollout(2);
        assertThat(images()).containsOnly("localhost/app:1");

        MetricQuery memory = new MetricQuery(MetricQuery.READY_REPLICAS, WEB, Duration.ofMinutes(1), Optional.empty());
        Await.until("measured", () -> servers.metrics().instant(List.of(memory)).containsValue(2.0));

        servers.deployer().ensureInstalled(request("2", 2));
        run(2, 2);
        awaitRollout(2);
        assertThat(images()).containsOnly("localhost/app:2");

        String victim = client.listContainersCmd().exec().get(0).getId();
        client.killContainerCmd(victim).exec();
        Await.until(
                "it is started again", () -> client.listContainersCmd().exec().size() == 2);
        awaitRollout(2);

        podman.kill();
        Await.until("not ready", () -> !servers.clusters().clusters().get(0).ready());
        podman.startAgain();
        Await.until("ready again", () -> servers.clusters().clusters().get(0).ready());
        awaitRollout(2);

        servers.close();
        servers = adapter();
        awaitRollout(2);
        assertThat(servers.deployer().state(WEB).orElseThrow().revision()).isEqualTo(2);

        run(0, 3);
        awaitRollout(0);
        assertThat(client.listContainersCmd().withShowAll(true).exec()).hasSize(1);

        servers.deployer().ensureRemoved(request("2", 3).key(), DockerWorld.OWNER);
        assertThat(client.listContainersCmd().withShowAll(true).exec()).isEmpty();
    }
}
