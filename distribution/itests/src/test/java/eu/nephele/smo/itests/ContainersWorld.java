// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.Haproxy;
import eu.nephele.smo.lab.testbed.components.PodmanService;
import eu.nephele.smo.lab.testbed.components.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Two real engines with some images each, settings for the product, and a real HAProxy as soon as its file is there. */
final class ContainersWorld {

    static final long PATIENCE_SECONDS = 90;
    static final String POOL = "/api/v1/kinds/container-pool/resources/default";

    static final String FIRST_SERVER = "west-1";
    static final String SECOND_SERVER = "east-2";

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

    /** What an image has. */
    enum Image {
        /** a page that says its tag */
        PAGE,
        /** the same after some seconds */
        SLOW,
        /** no page: it never gets well */
        SICK,
        /** a page, and {@code /cgi-bin/answer}: a tenth of a second later the moment at which the container began */
        ANSWERING
    }

    /** An image of this name on both engines. */
    record TaggedImage(String tag, Image image) {}

    private ContainersWorld() throws IOException {
        // not below the folders of the tests: paths of sockets are short
        folder = Files.createTempDirectory("smo-c-");
        processes = new Processes(folder.resolve("processes"));
    }

    /** Skips the test, loudly, where something is missing. */
    static ContainersWorld started(TaggedImage... images) throws Exception {
        RealPrograms.require("podman", "runc", "slirp4netns", "haproxy");
        ContainersWorld world = new ContainersWorld();
        try {
            world.begin(List.of(images));
        } catch (Exception failed) {
            world.end();
            throw failed;
        }
        return world;
    }

    private void begin(List<TaggedImage> images) throws Exception {
        for (int i = 1; i <= 2; i++) {
            PodmanService engine = PodmanService.start(folder.resolve("p" + i), Binaries.ofThisMachine(), processes);
            engines.add(engine);
            for (TaggedImage image : images) {
                engine.importImage(archive(image), "localhost/app:" + image.tag(), command(image.image()));
            }
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

    private Path archive(TaggedImage tagged) throws IOException, InterruptedException {
        Path archive = folder.resolve("image" + tagged.tag() + ".tar");
        if (Files.exists(archive)) {
            return archive;
        }
        Path root = Files.createDirectories(folder.resolve("image" + tagged.tag()));
        Files.copy(BUSYBOX, root.resolve("busybox"));
        Path pages = Files.createDirectories(root.resolve("www"));
        if (tagged.image() != Image.SICK) {
            Files.writeString(pages.resolve("index.html"), "page %s%n".formatted(tagged.tag()));
        }
        if (tagged.image() == Image.ANSWERING) {
            Files.createDirectories(root.resolve("proc"));
            Files.writeString(root.resolve("init"), INIT);
            Path answer = Files.writeString(
                    Files.createDirectories(pages.resolve("cgi-bin")).resolve("answer"), CGI);
            assertThat(answer.toFile().setExecutable(true, false)).isTrue();
        }
        int status = new ProcessBuilder("tar", "-C", root.toString(), "-cf", archive.toString(), ".")
                .start()
                .waitFor();
        assertThat(status).isZero();
        return archive;
    }

    private String command(Image image) {
        return switch (image) {
            case ANSWERING -> "CMD [\"/busybox\",\"sh\",\"/init\",\"%d\"]".formatted(servicePort);
            case SLOW ->
                "CMD [\"/busybox\",\"sh\",\"-c\",\"/busybox sleep 6; exec /busybox httpd -f -p %d -h /www\"]"
                        .formatted(servicePort);
            default -> "CMD [\"/busybox\",\"httpd\",\"-f\",\"-p\",\"%d\",\"-h\",\"/www\"]".formatted(servicePort);
        };
    }

    /** The servers of a file, with at most so many containers each. The first is not the first by name. */
    String servers(int maxContainers) {
        StringBuilder text = new StringBuilder("servers:\n");
        for (int i = 1; i <= engines.size(); i++) {
            text.append(
                    "  - {name: %s, host: 127.0.0.%d, endpoint: 'unix://%s', network: slirp4netns, max_containers: %d}%n"
                            .formatted(
                                    i == 1 ? FIRST_SERVER : SECOND_SERVER,
                                    i,
                                    engines.get(i - 1).socket(),
                                    maxContainers));
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

    ServerProcess readyServer(int port) throws IOException {
        ServerProcess server = server(port);
        server.awaitEvent("ready");
        return server;
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

    /** Lines of all containers that run, by their engines. */
    List<String> runningOnEngines() throws Exception {
        List<String> lines = new ArrayList<>();
        for (PodmanService engine : engines) {
            engine.running().lines().forEach(lines::add);
        }
        return lines;
    }

    /** Containers that run, on both engines. */
    int running() throws Exception {
        return runningOnEngines().size();
    }

    /** All containers, on both engines. */
    int containers() throws Exception {
        int all = 0;
        for (PodmanService engine : engines) {
            all += (int) engine.containers().lines().count();
        }
        return all;
    }

    static Set<String> running(RestClient api) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (JsonNode container : api.get("/services/web/stats").json().path("containers")) {
            if (container.path("status").asText().equals("running")
                    && container.path("health").asText().equals("healthy")) {
                ids.add(container.path("id").asText());
            }
        }
        return ids;
    }

    static Set<String> servers(RestClient api) throws Exception {
        return perServer(api).keySet();
    }

    /** Running containers by server. */
    static Map<String, Integer> perServer(RestClient api) throws Exception {
        Map<String, Integer> containers = new TreeMap<>();
        for (JsonNode container : api.get("/services/web/stats").json().path("containers")) {
            if (container.path("status").asText().equals("running")) {
                containers.merge(container.path("server").asText(), 1, Integer::sum);
            }
        }
        return containers;
    }

    /** On which containers listen, and the balancer for them. */
    int servicePort() {
        return servicePort;
    }

    /** The interface of the file. */
    RestClient api() {
        return new RestClient(filePort);
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
