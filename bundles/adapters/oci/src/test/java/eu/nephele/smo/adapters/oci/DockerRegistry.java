// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.lab.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import land.oras.ContainerRef;
import land.oras.Manifest;
import land.oras.Registry;
import org.junit.jupiter.api.Assumptions;

/** The registry that Debian packages, on a free port of the loopback interface. */
final class DockerRegistry implements AutoCloseable {

    /** Keeps the channels reachable: an unreachable one is closed. */
    private static final Queue<SocketChannel> HELD_PORTS = new ConcurrentLinkedQueue<>();

    private static final String BINARY = "docker-registry";

    private final int port;
    private final Process process;

    private DockerRegistry(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** @param auth its section {@code auth}, or "" */
    static DockerRegistry start(Path directory, String auth) throws IOException, InterruptedException {
        boolean there = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, BINARY)));
        if (!there) {
            System.err.println(
                    "NOT TESTED WITH A REAL REGISTRY: DOCKER-REGISTRY IS MISSING (apt-get install docker-registry)");
        }
        Assumptions.assumeTrue(there, "docker-registry is not on the PATH: apt-get install docker-registry");
        int port = freePort();
        String config =
                "version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: \"%s\"}}\nhttp: {addr: \"127.0.0.1:%d\"}\n%s"
                        .formatted(directory.resolve("blobs"), port, auth);
        Path file = Files.writeString(directory.resolve("config.yml"), config);
        Process process = new ProcessBuilder(BINARY, "serve", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        DockerRegistry registry = new DockerRegistry(port, process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        registry.await();
        return registry;
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    /** Pushes with the SDK, as any other client would. */
    Digest push(String path, String user, String config, FakeRegistry.Layer... layers) {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Registry.Builder builder = Registry.builder().withExecutorService(threads);
            Registry registry = (user.isEmpty()
                            ? builder.insecure()
                            : builder.insecure(host(), user.replaceFirst(":.*", ""), user.replaceFirst(".*:", "")))
                    .build();
            ContainerRef ref = ContainerRef.parse(host() + "/" + path);
            registry.pushBlob(ref, "{}".getBytes(StandardCharsets.UTF_8));
            for (FakeRegistry.Layer layer : layers) {
                registry.pushBlob(ref, layer.content());
            }
            String manifest = FakeRegistry.manifest(config, layers);
            registry.pushManifest(ref, Manifest.fromJson(manifest));
            return Digest.of(manifest.getBytes(StandardCharsets.UTF_8));
        } finally {
            threads.shutdownNow();
        }
    }

    private void await() throws IOException {
        Await.until("docker-registry answers", () -> !process.isAlive() || answers());
        if (!process.isAlive()) {
            throw new IOException("docker-registry did not start");
        }
    }

    private boolean answers() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + host() + "/v2/").toURL().openConnection();
            int status = connection.getResponseCode();
            connection.disconnect();
            return status == 200 || status == 401;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Bound, without listening, until the tests end: no other process gets it, and the server sets SO_REUSEADDR. */
    private static int freePort() throws IOException {
        SocketChannel held = SocketChannel.open()
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        HELD_PORTS.add(held);
        return ((InetSocketAddress) held.getLocalAddress()).getPort();
    }

    @Override
    public void close() {
        kill();
    }

    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
