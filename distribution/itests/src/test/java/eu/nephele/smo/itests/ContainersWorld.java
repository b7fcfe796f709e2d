// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.Haproxy;
import eu.nephele.smo.lab.testbed.components.PodmanService;
import eu.nephele.smo.lab.testbed.components.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two real engines with an image each, settings for the product, and a real HAProxy as soon as its file is there. Containers answer
 * {@code /} with {@code page}, and {@code /cgi-bin/answer}, a tenth of a second later, with the moment at which they began.
 */
final class ContainersWorld {

    static final long PATIENCE_SECONDS = 90;

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String CGI = """
            #!/busybox sh
            /busybox usleep 100000
            echo "Content-Type: text/plain"
            echo
            /busybox cat /www/began
            """;
    /** The first process of a container ends only by a signal that it handles. */
    private static final String INIT = """
            #!/busybox sh
            trap 'exit 0' TERM
            /busybox cut -d ' ' -f 1 /proc/uptime > /www/began
            /busybox httpd -f -p "$1" -h /www &
            wait
            """;

    private final Path folder;
    private final Processes processes;
    private final List<PodmanService> engines = new ArrayList<>();
    private final int servicePort = Distribution.freePort();
    private final int filePort = Distribution.freePort();
    private final Settings settings = Settings.fresh();
    private Optional<Haproxy> balancer = Optional.empty();

    private ContainersWorld() throws IOException {
        // not below the folders of the tests: paths of sockets are short
        folder = Files.createTempDirectory("smo-c-");
        processes = new Processes(folder.resolve("processes"));
    }

    /** Skips the test, loudly, where something is missing. */
    static ContainersWorld started() throws Exception {
        RealPrograms.require("podman", "runc", "slirp4netns", "haproxy");
        ContainersWorld world = new ContainersWorld();
        try {
            world.begin();
        } catch (Exception failed) {
            world.end();
            throw failed;
        }
        return world;
    }

    private void begin() throws Exception {
        Path archive = image();
        for (int i = 1; i <= 2; i++) {
            PodmanService engine = PodmanService.start(folder.resolve("p" + i), Binaries.ofThisMachine(), processes);
            engines.add(engine);
            engine.importImage(
                    archive, "localhost/app:1", "CMD [\"/busybox\",\"sh\",\"/init\",\"%d\"]".formatted(servicePort));
        }
        Files.createDirectories(folder.resolve("h"));
        settings.with("eu.nephele.smo.access.front", "pathPorts=%d=/containers".formatted(filePort))
                .with(
                        "eu.nephele.smo.adapters.haproxy~main",
                        "smo.system=haproxy",
                        "runtimeSocket=" + folder.resolve("h/admin.sock"),
                        "masterSocket=" + folder.resolve("h/master.sock"),
                        "configurationFile=" + haproxyFile(),
                        "statisticsPort=" + Distribution.freePort(),
                        "sampleSeconds=1",
                        "bindAddress=127.0.0.1");
    }

    private Path image() throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("image"));
        Files.copy(BUSYBOX, root.resolve("busybox"));
        Files.createDirectories(root.resolve("proc"));
        Files.writeString(root.resolve("init"), INIT);
        Path programs = Files.createDirectories(root.resolve("www/cgi-bin"));
        Files.writeString(root.resolve("www/index.html"), "page\n");
        Path answer = Files.writeString(programs.resolve("answer"), CGI);
        assertThat(answer.toFile().setExecutable(true, false)).isTrue();
        Path archive = folder.resolve("image.tar");
        int status = new ProcessBuilder("tar", "-C", root.toString(), "-cf", archive.toString(), ".")
                .start()
                .waitFor();
        assertThat(status).isZero();
        return archive;
    }

    /** The servers of a file, with at most so many containers each. */
    String servers(int maxContainers) {
        StringBuilder text = new StringBuilder("servers:\n");
        for (int i = 1; i <= engines.size(); i++) {
            text.append(
                    "  - {name: edge-%d, host: 127.0.0.%d, endpoint: 'unix://%s', network: slirp4netns, max_containers: %d}%n"
                            .formatted(i, i, engines.get(i - 1).socket(), maxContainers));
        }
        return text.toString();
    }

    Path file() {
        return settings.data().resolve("containers.yaml");
    }

    /** The product, not ready yet: it waits for HAProxy, which waits for the file that the product writes. */
    ServerProcess server(int port) throws IOException {
        return ServerProcess.start(
                "--json",
                "--profile",
                "containers",
                "--port",
                Integer.toString(port),
                "--data",
                settings.data().toString());
    }

    /** HAProxy with the file that the product writes with the first service. */
    void startBalancer() throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> Files.exists(haproxyFile()), there -> assertThat(there)
                .isTrue());
        balancer = Optional.of(Haproxy.start(haproxyFile(), folder.resolve("h"), Binaries.ofThisMachine(), processes));
    }

    private Path haproxyFile() {
        return folder.resolve("h/haproxy.cfg");
    }

    List<PodmanService> engines() {
        return engines;
    }

    /** Containers that run, on both engines. */
    int running() throws Exception {
        int running = 0;
        for (PodmanService engine : engines) {
            running += (int) engine.running().lines().count();
        }
        return running;
    }

    /** All containers, on both engines. */
    int containers() throws Exception {
        int all = 0;
        for (PodmanService engine : engines) {
            all += (int) engine.containers().lines().count();
        }
        return all;
    }

    /** On which containers listen, and the balancer for them. */
    int servicePort() {
        return servicePort;
    }

    /** With the interface of the file at its root. */
    int filePort() {
        return filePort;
    }

    Settings settings() {
        return settings;
    }

    /** Ends everything that it began. */
    void end() throws Exception {
        for (PodmanService engine : engines) {
            engine.removeAll();
            engine.close();
        }
        if (balancer.isPresent()) {
            balancer.get().close();
        }
        processes.close();
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    }
}
