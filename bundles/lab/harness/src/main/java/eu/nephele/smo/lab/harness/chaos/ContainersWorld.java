// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.lab.harness.containers.WorldFolder;
import eu.nephele.smo.lab.harness.server.FreePort;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.Haproxy;
import eu.nephele.smo.lab.testbed.components.MissingComponentException;
import eu.nephele.smo.lab.testbed.components.PodmanService;
import eu.nephele.smo.lab.testbed.components.Processes;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Container engines behind a balancer on this machine, all of them real, and the file of a pool. */
final class ContainersWorld implements ServedWorld {

    private static final Logger LOG = LoggerFactory.getLogger(ContainersWorld.class);

    /** Kills come so late that they hit a rolling update at any of its steps. */
    private static final ChaosPace PACE = new ChaosPace(6000, 9000, 0, 0, 1500, 180);

    private static final int ENGINES = 2;
    private static final Duration END = Duration.ofSeconds(40);
    private static final int MAX_CONTAINERS = 14;
    private static final long START_SECONDS = 120;
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final List<String> PROGRAMS = List.of("podman", "runc", "slirp4netns", "haproxy", "tar");
    static final List<String> IMAGES = List.of("localhost/app:1", "localhost/app:2");
    private static final JsonMapper JSON = new JsonMapper();

    /** Columns of {@code show stat}. */
    private static final int BACKEND = 0;

    private static final int NAME = 1;
    private static final int STATUS = 17;
    private static final int ADDRESS = 73;

    private final Path data;
    /** Of sockets, whose paths have at most 107 bytes. */
    private final Path folder;

    private final Processes processes;
    private final List<PodmanService> engines;
    /** Shutdown hook, so that an interrupted run leaves no container behind. */
    private final Thread lastResort = new Thread(this::end, "containers-end");

    private ContainersWorld(Path data, Path folder, Processes processes, List<PodmanService> engines) {
        this.data = data;
        this.folder = folder;
        this.processes = processes;
        this.engines = List.copyOf(engines);
    }

    /** One line for each program that this world needs and this machine has not. */
    static List<String> absent() {
        List<String> absent = new ArrayList<>(Binaries.ofThisMachine().absent(PROGRAMS));
        if (!Files.isExecutable(BUSYBOX)) {
            absent.add("%s is missing; install the Debian package busybox-static".formatted(BUSYBOX));
        }
        return absent;
    }

    /**
     * Starts the engines; the balancer is started by {@link #startBalancer} when the server has written its configuration.
     *
     * @param run folder of the run, gets {@code data} with the configuration of the server
     * @throws IOException also when a program is missing; the message says how to get it
     */
    static ContainersWorld start(Path run) throws IOException, InterruptedException {
        List<String> absent = absent();
        if (!absent.isEmpty()) {
            throw new IOException(String.join("; ", absent));
        }
        Path folder = Files.createTempDirectory("smo-c-");
        Processes processes = new Processes(folder.resolve("processes"));
        List<PodmanService> engines = new ArrayList<>();
        ContainersWorld world;
        try {
            for (int i = 1; i <= ENGINES; i++) {
                engines.add(PodmanService.start(folder.resolve("p" + i), Binaries.ofThisMachine(), processes));
            }
            world = new ContainersWorld(run.resolve("data"), folder, processes, engines);
            Runtime.getRuntime().addShutdownHook(world.lastResort);
            world.images();
            world.configure();
        } catch (MissingComponentException e) {
            processes.close();
            throw new IOException(e.getMessage(), e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            processes.close();
            throw e;
        }
        return world;
    }

    private void images() throws IOException, InterruptedException {
        for (String image : IMAGES) {
            String tag = image.substring(image.indexOf(':') + 1);
            Path root = Files.createDirectories(folder.resolve("image" + tag));
            Path archive = folder.resolve("image" + tag + ".tar");
            Files.copy(BUSYBOX, root.resolve("busybox"));
            Files.writeString(Files.createDirectories(root.resolve("www")).resolve("index.html"), "page " + tag);
            run(List.of("tar", "-C", root.toString(), "-cf", archive.toString(), "."));
            for (PodmanService engine : engines) {
                // at once: a container has no requests any more when it is stopped
                engine.importImage(
                        archive,
                        image,
                        "CMD [\"/busybox\",\"sh\",\"-c\",\"exec /busybox httpd -f -p $PORT -h /www\"]",
                        "STOPSIGNAL SIGKILL");
            }
        }
    }

    private void configure() throws IOException {
        Files.createDirectories(balancerFolder());
        Files.createDirectories(configuration());
        Files.writeString(
                configuration().resolve("eu.nephele.smo.access.front.cfg"),
                "pathPorts=%d=/containers\n".formatted(FreePort.choose()));
        Files.writeString(configuration().resolve("eu.nephele.smo.adapters.haproxy~main.cfg"), """
                smo.system=haproxy
                runtimeSocket=%1$s/admin.sock
                masterSocket=%1$s/master.sock
                configurationFile=%1$s/haproxy.cfg
                statisticsPort=%2$d
                bindAddress=127.0.0.1
                """.formatted(
                        balancerFolder(), FreePort.choose()));
    }

    private Path balancerFolder() {
        return folder.resolve("h");
    }

    @Override
    public Path configuration() {
        return data.resolve("etc");
    }

    @Override
    public List<String> serverOptions() {
        return List.of("--profile", "containers");
    }

    @Override
    public ChaosPace pace() {
        return PACE;
    }

    /** The file of the pool, whole at any time: a starting server reads it, too. */
    void write(PoolModel model) throws IOException {
        StringBuilder servers = new StringBuilder();
        for (int i = 1; i <= engines.size(); i++) {
            servers.append(
                    "  - {name: edge-%d, host: %s, endpoint: 'unix://%s', network: slirp4netns, max_containers: %d}\n"
                            .formatted(i, host(i), engines.get(i - 1).socket(), MAX_CONTAINERS));
        }
        Path next = data.resolve("containers.yaml.next");
        Files.writeString(next, model.file(servers.toString()));
        Files.move(
                next,
                data.resolve("containers.yaml"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static String host(int number) {
        return "127.0.0." + number;
    }

    /** Waits for its configuration, which the server writes. */
    void startBalancer() throws IOException, InterruptedException {
        Path written = balancerFolder().resolve("haproxy.cfg");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.exists(written)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("The server has not written %s".formatted(written));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        try {
            Haproxy.start(written, balancerFolder(), Binaries.ofThisMachine(), processes);
        } catch (MissingComponentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    ObservedPool observe() throws IOException, InterruptedException {
        List<ObservedContainer> containers = new ArrayList<>();
        for (int i = 1; i <= engines.size(); i++) {
            for (JsonNode listed : JSON.readTree(engines.get(i - 1).listing())) {
                containers.add(ObservedContainer.from(host(i), listed));
            }
        }
        Set<String> backends = new HashSet<>();
        List<BalancerEntry> entries = new ArrayList<>();
        for (String line : ask("show stat").lines().toList()) {
            String[] columns = line.split(",", -1);
            if (columns.length <= ADDRESS || !columns[BACKEND].startsWith(BalancerEntry.PROJECT + ':')) {
                continue;
            }
            backends.add(columns[BACKEND]);
            if (!List.of("FRONTEND", "BACKEND").contains(columns[NAME])) {
                entries.add(new BalancerEntry(columns[BACKEND], columns[NAME], columns[ADDRESS], columns[STATUS]));
            }
        }
        return new ObservedPool(containers, backends, entries);
    }

    private String ask(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(balancerFolder().resolve("admin.sock")));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * SIGKILL for a container that runs.
     *
     * @param choice any number, which decides which one
     * @return its id; empty when none runs
     */
    Optional<String> killContainer(int choice) throws IOException, InterruptedException {
        PodmanService engine = engines.get(Math.floorMod(choice, engines.size()));
        List<String> running = engine.running().lines().toList();
        if (running.isEmpty()) {
            return Optional.empty();
        }
        String victim = running.get(Math.floorMod(choice / engines.size(), running.size()));
        engine.killContainer(victim);
        return Optional.of(victim);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        int status = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("%s: status %d".formatted(String.join(" ", command), status));
        }
    }

    /** By itself no container ends with its engine. */
    private void removeContainers() throws IOException, InterruptedException {
        for (PodmanService engine : engines) {
            engine.removeAll();
        }
    }

    /** What is left is no reason to lose a result. */
    private void removeFolder() throws InterruptedException {
        try {
            new WorldFolder(folder, END).deleteWhenQuiet();
        } catch (IOException left) {
            LOG.warn("folder left behind path={}", folder, left);
        }
    }

    private void end() {
        try {
            removeContainers();
        } catch (IOException e) {
            LOG.error("containers left behind folder={}", folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(lastResort);
        try {
            removeContainers();
            processes.close();
            removeFolder();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The engines were not cleared up: see " + folder, e);
        }
    }
}
