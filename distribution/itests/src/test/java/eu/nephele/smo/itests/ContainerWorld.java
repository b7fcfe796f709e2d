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

/** Two real engines, a real HAProxy, and the product beside them with one file. */
final class ContainerWorld {

    static final long PATIENCE_SECONDS = 90;
    static final String POOL = "/api/v1/kinds/container-pool/resources/default";
    static final String FIRST_SERVER = "west-1";
    static final String SECOND_SERVER = "east-2";

    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private final Path folder;
    private final Processes processes;
    private final List<PodmanService> engines = new ArrayList<>();
    private final int servicePort;
    private final int filePort;
    private final Settings settings;
    private Optional<Haproxy> balancer = Optional.empty();

    /** What an image has. */
    enum Image {
        /** a page that says its tag */
        PAGE,
        /** the same after some seconds */
        SLOW,
        /** no page: it never gets well */
        SICK
    }

    /** An image of this name on both engines. */
    record TaggedImage(String tag, Image image) {}

    /** The text of the file, made of the port of the service. */
    interface ServicePart {
        String text(int port);
    }

    ContainerWorld(List<TaggedImage> images, ServicePart services) throws Exception {
        RealPrograms.require("podman", "runc", "slirp4netns", "haproxy");
        // not below the folders of the tests: paths of sockets are short
        folder = Files.createTempDirectory("smo-c-");
        processes = new Processes(folder.resolve("processes"));
        servicePort = Distribution.freePort();
        filePort = Distribution.freePort();
        for (int i = 1; i <= 2; i++) {
            PodmanService engine = PodmanService.start(folder.resolve("p" + i), Binaries.ofThisMachine(), processes);
            engines.add(engine);
            for (TaggedImage image : images) {
                engine.importImage(archive(image), "localhost/app:" + image.tag(), command(image.image()));
            }
        }
        settings = Settings.fresh()
                .file("containers.yaml", servers() + services.text(servicePort))
                .with("eu.nephele.smo.access.front", "pathPorts=%d=/containers".formatted(filePort))
                .with(
                        "eu.nephele.smo.adapters.haproxy~main",
                        "smo.system=haproxy",
                        "runtimeSocket=" + folder.resolve("h/admin.sock"),
                        "masterSocket=" + folder.resolve("h/master.sock"),
                        "configurationFile=" + folder.resolve("h/haproxy.cfg"),
                        "statisticsPort=" + Distribution.freePort(),
                        "bindAddress=127.0.0.1");
        Files.createDirectories(folder.resolve("h"));
    }

    private Path archive(TaggedImage image) throws IOException, InterruptedException {
        Path archive = folder.resolve("image" + image.tag() + ".tar");
        if (!Files.exists(archive)) {
            Path root = Files.createDirectories(folder.resolve("image" + image.tag()));
            Files.copy(BUSYBOX, root.resolve("busybox"));
            Path pages = Files.createDirectories(root.resolve("www"));
            if (image.image() != Image.SICK) {
                Files.writeString(pages.resolve("index.html"), "page %s%n".formatted(image.tag()));
            }
            int status = new ProcessBuilder("tar", "-C", root.toString(), "-cf", archive.toString(), ".")
                    .start()
                    .waitFor();
            assertThat(status).isZero();
        }
        return archive;
    }

    private String command(Image image) {
        return image == Image.SLOW
                ? "CMD [\"/busybox\",\"sh\",\"-c\",\"/busybox sleep 6; exec /busybox httpd -f -p %d -h /www\"]"
                        .formatted(servicePort)
                : "CMD [\"/busybox\",\"httpd\",\"-f\",\"-p\",\"%d\",\"-h\",\"/www\"]".formatted(servicePort);
    }

    /** The first is not the first by name. */
    private String servers() {
        StringBuilder text = new StringBuilder("servers:\n");
        for (int i = 1; i <= 2; i++) {
            text.append(
                    "  - {name: %s, host: 127.0.0.%d, endpoint: 'unix://%s', network: slirp4netns, max_containers: 4}%n"
                            .formatted(
                                    i == 1 ? FIRST_SERVER : SECOND_SERVER,
                                    i,
                                    engines.get(i - 1).socket()));
        }
        return text.toString();
    }

    int servicePort() {
        return servicePort;
    }

    Settings settings() {
        return settings;
    }

    List<PodmanService> engines() {
        return engines;
    }

    /** The interface of the original. */
    RestClient api() {
        return new RestClient(filePort);
    }

    ServerProcess server(int port) throws IOException {
        ServerProcess server = ServerProcess.start(
                "--json",
                "--profile",
                "containers",
                "--port",
                Integer.toString(port),
                "--data",
                settings.data().toString());
        server.awaitEvent("ready");
        return server;
    }

    /** Starts the balancer as soon as the server has written its configuration. */
    void balance() throws Exception {
        Path configuration = folder.resolve("h/haproxy.cfg");
        Eventually.within(PATIENCE_SECONDS, () -> Files.exists(configuration), there -> assertThat(there)
                .isTrue());
        balancer = Optional.of(Haproxy.start(configuration, folder.resolve("h"), Binaries.ofThisMachine(), processes));
    }

    /** Lines of all containers that run, by their engines. */
    List<String> runningOnEngines() throws Exception {
        List<String> lines = new ArrayList<>();
        for (PodmanService engine : engines) {
            engine.running().lines().forEach(lines::add);
        }
        return lines;
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

    void close() throws Exception {
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
