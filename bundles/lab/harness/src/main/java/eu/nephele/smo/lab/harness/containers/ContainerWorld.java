// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.FreePorts;
import eu.nephele.smo.lab.testbed.components.Haproxy;
import eu.nephele.smo.lab.testbed.components.MissingComponentException;
import eu.nephele.smo.lab.testbed.components.PodmanService;
import eu.nephele.smo.lab.testbed.components.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Servers with an engine each, a balancer and a server of the product between them, all in one folder. Nothing of it is left when
 * it is closed, or when this process ends by a signal.
 */
final class ContainerWorld implements AutoCloseable {

    /** Name of the service. */
    static final String SERVICE = "web";

    /** Mean CPU in per cent at which a replica more is started. */
    static final int UP_PERCENT = 25;

    private static final int DOWN_PERCENT = 6;
    private static final int COOLDOWN_SECONDS = 8;
    private static final int MOST_REPLICAS = 4;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration FILE_TIMEOUT = Duration.ofMinutes(3);
    private static final long PAUSE_MILLIS = 50;
    private static final long END_SECONDS = 40;

    private final Path folder;
    private final Binaries binaries = Binaries.ofThisMachine();
    private final List<Integer> ports;
    private final List<PodmanService> engines = new ArrayList<>();
    private final Thread lastResort = new Thread(this::endBySignal, "container-world-end");
    private Optional<Processes> processes = Optional.empty();
    private Optional<Haproxy> balancer = Optional.empty();
    private Optional<ServerUnderTest> server = Optional.empty();
    private volatile boolean ending;
    private boolean closed;

    /** Nothing is started yet. */
    ContainerWorld() throws IOException {
        // sockets have at most 107 bytes of path
        this.folder = Files.createTempDirectory("smo-c-");
        this.ports = FreePorts.free(3);
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** Starts engines that have the images. */
    void startEngines(int count, List<BurnImage> images) throws IOException, InterruptedException {
        Processes running = new Processes(folder.resolve("processes"));
        processes = Optional.of(running);
        for (int i = 1; i <= count; i++) {
            PodmanService engine = started(i, running);
            for (BurnImage image : images) {
                engine.importImage(image.archive(), image.reference(), BurnImage.command(servicePort()));
            }
        }
    }

    private synchronized PodmanService started(int number, Processes running) throws IOException, InterruptedException {
        requireOpen();
        try {
            PodmanService engine = PodmanService.start(folder.resolve("p" + number), binaries, running);
            engines.add(engine);
            return engine;
        } catch (MissingComponentException missing) {
            throw new IOException(missing.getMessage(), missing);
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("It is being ended");
        }
    }

    /** An image of the service. */
    BurnImage image(String version) throws IOException, InterruptedException {
        try {
            return BurnImage.make(binaries.find("busybox"), folder, version);
        } catch (MissingComponentException missing) {
            throw new IOException(missing.getMessage(), missing);
        }
    }

    /**
     * Starts the product with its file, then the balancer with the configuration that the product has written.
     *
     * @param command of the server
     * @param checkSeconds between two decisions
     */
    void startServerAndBalancer(List<String> command, BurnImage image, int checkSeconds)
            throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path settings = Files.createDirectories(data.resolve("etc"));
        Path sockets = Files.createDirectories(folder.resolve("h"));
        Files.writeString(data.resolve("containers.yaml"), file(image, checkSeconds));
        Files.writeString(
                settings.resolve("eu.nephele.smo.access.front.cfg"),
                "pathPorts=%d=/containers%n".formatted(ports.get(1)));
        Files.writeString(
                settings.resolve("eu.nephele.smo.adapters.haproxy~main.cfg"), """
                smo.system=haproxy
                runtimeSocket=%1$s/admin.sock
                masterSocket=%1$s/master.sock
                configurationFile=%1$s/haproxy.cfg
                statisticsPort=%2$d
                bindAddress=127.0.0.1
                """.formatted(sockets, ports.get(2)));
        ServerUnderTest started = ServerUnderTest.start(command, folder, CALL_TIMEOUT, "--profile", "containers");
        synchronized (this) {
            server = Optional.of(started);
        }
        Path configuration = sockets.resolve("haproxy.cfg");
        long end = System.nanoTime() + FILE_TIMEOUT.toNanos();
        while (!Files.exists(configuration)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException(
                        "No configuration was written for HAProxy in %d s; the log of the server ends with:%n%s"
                                .formatted(FILE_TIMEOUT.toSeconds(), logTail()));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        startBalancer(configuration, sockets);
    }

    private synchronized void startBalancer(Path configuration, Path sockets) throws IOException, InterruptedException {
        requireOpen();
        try {
            balancer = Optional.of(Haproxy.start(configuration, sockets, binaries, processes.orElseThrow()));
        } catch (MissingComponentException missing) {
            throw new IOException(missing.getMessage(), missing);
        }
    }

    private String logTail() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("server.log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    private String file(BurnImage image, int checkSeconds) {
        StringBuilder text = new StringBuilder("servers:\n");
        for (int i = 1; i <= engines.size(); i++) {
            text.append(
                    "  - {name: edge-%d, host: 127.0.0.%d, endpoint: 'unix://%s', network: slirp4netns, max_containers: 6}%n"
                            .formatted(i, i, engines.get(i - 1).socket()));
        }
        return text.append("""
                        services:
                          %s:
                            image: %s
                            port: %d
                            min_replicas: 1
                            max_replicas: %d
                            scale_up_threshold: %d
                            scale_down_threshold: %d
                            cooldown_period: %d
                            business_hours_only: false
                            health_check: {path: /, interval: 2, timeout: 2, grace: 6}
                        autoscaler: {check_interval: %d}
                        """.formatted(
                                SERVICE,
                                image.reference(),
                                servicePort(),
                                MOST_REPLICAS,
                                UP_PERCENT,
                                DOWN_PERCENT,
                                COOLDOWN_SECONDS,
                                checkSeconds))
                .toString();
    }

    List<PodmanService> engines() {
        return engines;
    }

    ServerUnderTest server() {
        return server.orElseThrow();
    }

    /** Of the balancer, for clients of the service. */
    int servicePort() {
        return ports.get(0);
    }

    /** Where the interface of the original autoscaler is. */
    int interfacePort() {
        return ports.get(1);
    }

    /** Of the balancer's statistics. */
    int statisticsPort() {
        return ports.get(2);
    }

    /** Of all processes of the balancer. */
    long balancerMegabytes() throws IOException {
        Path pidFile = balancer.orElseThrow().pidFile();
        ProcessHandle master = ProcessHandle.of(
                        Long.parseLong(Files.readString(pidFile).strip()))
                .orElseThrow(() -> new IOException("HAProxy has ended"));
        long sum = 0;
        for (ProcessHandle each :
                Stream.concat(Stream.of(master), master.descendants()).toList()) {
            sum += ResidentMemory.kilobytes(each.pid());
        }
        return ResidentMemory.megabytes(sum);
    }

    /** Of the server. */
    long serverMegabytes() throws IOException {
        return ResidentMemory.megabytes(ResidentMemory.kilobytes(server().pid()));
    }

    /** Whether it ends, so that failures mean nothing. */
    boolean isEnding() {
        return ending;
    }

    private void endBySignal() {
        try {
            endWhole();
        } catch (IOException failed) {
            System.err.println("Not all is ended: " + failed.getMessage());
        }
    }

    private void endWhole() throws IOException {
        try {
            end();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while it was ended; look into " + folder, interrupted);
        }
    }

    @Override
    public void close() throws IOException {
        endWhole();
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException signalled) {
            // it runs, and found nothing left to do
        }
    }

    /** The product first: it would replace containers that go. */
    private synchronized void end() throws IOException, InterruptedException {
        ending = true;
        if (closed) {
            return;
        }
        closed = true;
        endServer();
        List<IOException> failures = new ArrayList<>();
        for (PodmanService engine : engines) {
            attempt(failures, engine::removeAll);
            attempt(failures, engine::close);
            // what the engine was about to start when the product ended
            attempt(failures, engine::removeAll);
        }
        for (Processes running : processes.stream().toList()) {
            attempt(failures, running::close);
        }
        attempt(failures, new WorldFolder(folder, Duration.ofSeconds(END_SECONDS))::deleteWhenQuiet);
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private void endServer() throws InterruptedException {
        try {
            server.ifPresent(ServerUnderTest::close);
        } catch (IllegalStateException signalled) {
            // the virtual machine is ending: a hook of its own ends the server
        }
        for (ProcessHandle child : ProcessHandle.current().children().toList()) {
            if (isServer(child)) {
                try {
                    child.onExit().get(END_SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException | TimeoutException stuck) {
                    child.destroyForcibly();
                }
            }
        }
    }

    private boolean isServer(ProcessHandle child) {
        String data = folder.resolve("data").toString();
        return Stream.of(child.info().arguments().orElse(new String[0])).anyMatch(data::equals);
    }

    private interface EndingStep {

        void run() throws IOException, InterruptedException;
    }

    private static void attempt(List<IOException> failures, EndingStep step) throws InterruptedException {
        try {
            step.run();
        } catch (IOException failed) {
            failures.add(failed);
        }
    }
}
