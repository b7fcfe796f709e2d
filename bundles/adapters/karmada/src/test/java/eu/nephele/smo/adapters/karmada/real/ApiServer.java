// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.real;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real API server with etcd on loopback; optionally with a controller manager. Ends with {@link #close()}. */
final class ApiServer implements AutoCloseable {

    /** Keeps the channels reachable: an unreachable one is closed. */
    private static final Queue<SocketChannel> HELD_PORTS = new ConcurrentLinkedQueue<>();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Path binaries;
    private final int etcdPort = free();
    private final int port = free();
    private final String adminToken = UUID.randomUUID().toString();
    private final List<Process> others = new ArrayList<>();
    private Optional<Process> server = Optional.empty();
    private final KubernetesClient admin;

    private ApiServer(Path folder, Path binaries, String... users) throws IOException, InterruptedException {
        this.folder = folder;
        this.binaries = binaries;
        certificates();
        StringBuilder tokens = new StringBuilder(adminToken + ",admin,1,system:masters\n");
        for (String user : users) {
            tokens.append("token-of-").append(user).append(',').append(user).append(",2\n");
        }
        Files.writeString(folder.resolve("tokens.csv"), tokens);
        others.add(run(
                "etcd",
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls=http://127.0.0.1:" + etcdPort,
                "--advertise-client-urls=http://127.0.0.1:" + etcdPort,
                "--listen-peer-urls=http://127.0.0.1:" + free(),
                "--log-level=error"));
        start();
        admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig("admin")))
                .build();
    }

    /** Starts one, or skips the test loudly. */
    static ApiServer start(String... users) throws IOException, InterruptedException {
        Path binaries = Optional.ofNullable(System.getenv("SMO_KUBERNETES_BIN"))
                .map(Path::of)
                .orElseGet(() -> Path.of(Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                                .orElse(System.getProperty("user.home") + "/.cache"))
                        .resolve("smo-testbed/kubernetes-1.20.2"));
        require(Files.isExecutable(binaries.resolve("kube-apiserver")), "kube-apiserver (folder SMO_KUBERNETES_BIN)");
        require(onPath("etcd"), "etcd (package etcd-server)");
        require(onPath("openssl"), "openssl (package openssl)");
        return new ApiServer(Files.createTempDirectory("api-server"), binaries, users);
    }

    private static void require(boolean there, String component) {
        String message = component + " is not installed: tests with a real API server are skipped";
        if (!there) {
            System.err.println(message.toUpperCase(Locale.ROOT));
        }
        Assumptions.assumeTrue(there, message);
    }

    private static boolean onPath(String name) {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .anyMatch(at -> Files.isExecutable(Path.of(at, name)));
    }

    /** A client with all rights. */
    KubernetesClient admin() {
        return admin;
    }

    /** A kubeconfig for a user; {@code admin}, or one of those named at the start. */
    String kubeconfig(String user) {
        String token = user.equals("admin") ? adminToken : "token-of-" + user;
        try {
            String ca = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("ca.crt")));
            return """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: real, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
                    users: [{name: user, user: {token: %s}}]
                    contexts: [{name: real, context: {cluster: real, user: user}}]
                    current-context: real
                    """.formatted(port, ca, token);
        } catch (IOException e) {
            throw new IllegalStateException("The certificate has gone", e);
        }
    }

    /** File with the certificate of its authority. */
    Path authority() {
        return folder.resolve("ca.crt");
    }

    int port() {
        return port;
    }

    void start() throws IOException, InterruptedException {
        server = Optional.of(run(
                "apiserver",
                binaries.resolve("kube-apiserver").toString(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--tls-cert-file=srv.crt",
                "--tls-private-key-file=srv.key",
                "--client-ca-file=ca.crt",
                "--token-auth-file=tokens.csv",
                "--service-account-key-file=sa.key",
                "--service-account-signing-key-file=sa.key",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--authorization-mode=RBAC",
                "--disable-admission-plugins=ServiceAccount",
                "--cert-dir=."));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(quick(Config.fromKubeconfig(kubeconfig("admin"))))
                    .build()) {
                if ("ok".equals(client.raw("/readyz"))) {
                    return;
                }
            } catch (RuntimeException notYet) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("The API server does not start, see " + folder, notYet);
                }
            }
            Thread.sleep(150);
        }
    }

    private static Config quick(Config config) {
        config.setRequestRetryBackoffLimit(0);
        return config;
    }

    /** Ends it at once, as a crash does. */
    void kill() throws InterruptedException {
        server.ifPresent(Process::destroyForcibly);
        if (server.isPresent()) {
            server.get().waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Stops or continues it: connections stay and nothing answers. */
    void freeze(boolean frozen) throws IOException, InterruptedException {
        long pid = server.orElseThrow().pid();
        new ProcessBuilder("kill", frozen ? "-STOP" : "-CONT", String.valueOf(pid))
                .start()
                .waitFor();
    }

    void startControllers() throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), kubeconfig("admin"));
        others.add(run(
                "kcm",
                binaries.resolve("kube-controller-manager").toString(),
                "--kubeconfig=" + file,
                "--bind-address=127.0.0.1",
                "--secure-port=" + free(),
                "--port=0",
                "--cert-dir=.",
                "--leader-elect=false",
                "--service-account-private-key-file=sa.key",
                "--controllers=deployment,replicaset,statefulset,daemonset,job,garbagecollector,namespace"));
    }

    private Process run(String name, String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()))
                .start();
    }

    private void certificates() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("ext"), "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:10.0.0.1\n");
        String script = "openssl genrsa -out sa.key 2048 && "
                + "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca.key -out ca.crt -subj /CN=ca && "
                + "openssl req -newkey rsa:2048 -nodes -keyout srv.key -out srv.csr -subj /CN=kube-apiserver && "
                + "openssl x509 -req -in srv.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out srv.crt";
        int code = run("openssl", "sh", "-c", script).waitFor();
        if (code != 0) {
            throw new IllegalStateException("No certificates, see " + folder);
        }
    }

    /** Bound, without listening, until the tests end: no other process gets it, and the server sets SO_REUSEADDR. */
    static int free() throws IOException {
        SocketChannel held = SocketChannel.open()
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        HELD_PORTS.add(held);
        return ((InetSocketAddress) held.getLocalAddress()).getPort();
    }

    @Override
    public void close() throws IOException {
        admin.close();
        server.ifPresent(Process::destroyForcibly);
        for (Process other : others) {
            other.destroyForcibly();
        }
        for (Process other : others) {
            other.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
