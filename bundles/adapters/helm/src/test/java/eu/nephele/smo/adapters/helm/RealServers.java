// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Assumptions;

/** Real Kubernetes API servers on loopback, over one etcd. Without scheduler, kubelet and controllers: objects stay as written. */
final class RealServers implements AutoCloseable {

    /** Keeps the channels reachable: an unreachable one is closed. */
    private static final Queue<SocketChannel> HELD_PORTS = new ConcurrentLinkedQueue<>();

    static final String ADMIN = "token-of-admin";
    static final String WEAK = "token-of-somebody";
    /** Has the rights that a test gives the user {@code smo}. */
    static final String LEAST = "token-of-smo";

    private static final String WHERE = "SMO_KUBERNETES_BIN";

    private final Path folder;
    private final Path binaries;
    private final List<Process> processes = new ArrayList<>();
    private final int etcdPort;

    private RealServers(Path folder, Path binaries) throws Exception {
        this.folder = folder;
        this.binaries = binaries;
        this.etcdPort = freePort();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        int peer = freePort();
        run(
                "etcd",
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls=http://127.0.0.1:" + etcdPort,
                "--advertise-client-urls=http://127.0.0.1:" + etcdPort,
                "--listen-peer-urls=http://127.0.0.1:" + peer,
                "--initial-advertise-peer-urls=http://127.0.0.1:" + peer,
                "--initial-cluster=default=http://127.0.0.1:" + peer,
                "--log-level=error");
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        Files.writeString(
                folder.resolve("sa.key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(
                                        keys.generateKeyPair().getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        Files.writeString(
                folder.resolve("tokens.csv"),
                ADMIN + ",admin,1,system:masters\n" + WEAK + ",somebody,2\n" + LEAST + ",smo,3\n");
    }

    /** An API server. */
    record RealServer(int port, String certificate, Process process) {

        String kubeconfig(String token) {
            return kubeconfig("https://127.0.0.1:" + port, token);
        }

        String kubeconfig(String server, String token) {
            return """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: it, cluster: {server: "%s", certificate-authority-data: %s}}]
                    users: [{name: it, user: {token: %s}}]
                    contexts: [{name: it, context: {cluster: it, user: it}}, {name: other, context: {cluster: none, user: it}}]
                    current-context: it
                    """.formatted(server, certificate, token);
        }
    }

    /** Skips the tests, loudly, on a machine without an API server. */
    static RealServers start(Path folder) throws Exception {
        Path binaries = Optional.ofNullable(System.getenv(WHERE)).map(Path::of).orElseGet(() -> Path.of(
                        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                                .orElse(System.getProperty("user.home") + "/.cache"))
                .resolve("smo-testbed/kubernetes-1.20.2"));
        boolean etcd = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "etcd")));
        boolean there = etcd && Files.isExecutable(binaries.resolve("kube-apiserver"));
        String missing =
                "kube-apiserver in the folder that %s names, or etcd on PATH (Debian: etcd-server), is missing: "
                                .formatted(WHERE)
                        + "Helm is not tested against a real API server";
        if (!there) {
            System.err.println("SKIPPED: " + missing.toUpperCase(java.util.Locale.ROOT));
        }
        Assumptions.assumeTrue(there, missing);
        return new RealServers(folder, binaries);
    }

    RealServer server(String name) throws Exception {
        int port = freePort();
        Path certificates = Files.createDirectories(folder.resolve(name));
        Process process = run(
                name,
                binaries.resolve("kube-apiserver").toString(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--etcd-prefix=/" + name,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + certificates,
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--service-account-key-file=" + folder.resolve("sa.key"),
                "--service-account-signing-key-file=" + folder.resolve("sa.key"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--authorization-mode=RBAC",
                "--disable-admission-plugins=ServiceAccount",
                "--v=0");
        awaitReady(name, port, process);
        String certificate =
                Base64.getEncoder().encodeToString(Files.readAllBytes(certificates.resolve("apiserver.crt")));
        return new RealServer(port, certificate, process);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process run(String name, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private void awaitReady(String name, int port, Process process) throws Exception {
        SSLContext any = SSLContext.getInstance("TLS");
        any.init(null, new TrustManager[] {new TrustAll()}, null);
        HttpClient client = HttpClient.newBuilder().sslContext(any).build();
        HttpRequest ready = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/readyz"))
                .header("Authorization", "Bearer " + ADMIN)
                .timeout(Duration.ofSeconds(2))
                .build();
        Await.until(() -> "the API server is ready, see " + folder.resolve(name + ".log"), () -> {
            try {
                return !process.isAlive()
                        || client.send(ready, HttpResponse.BodyHandlers.ofString())
                                        .statusCode()
                                == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "The API server does not come up: " + Files.readString(folder.resolve(name + ".log")));
        }
    }

    /** Bound, without listening, until the tests end: no other process gets it, and the server sets SO_REUSEADDR. */
    static int freePort() throws IOException {
        SocketChannel held = SocketChannel.open()
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        HELD_PORTS.add(held);
        return ((InetSocketAddress) held.getLocalAddress()).getPort();
    }

    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
