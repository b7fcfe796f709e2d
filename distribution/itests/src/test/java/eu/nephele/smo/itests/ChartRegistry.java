// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A registry that asks for a login and has one small chart, {@code samples/small:1.0.0}. To those who ask for
 * {@code samples/repeated} it repeats what they have sent.
 */
final class ChartRegistry implements AutoCloseable {

    private static final Map<String, String> CHART = Map.of(
            "small/Chart.yaml", "apiVersion: v2\nname: small\nversion: 1.0.0\n",
            "small/templates/map.yaml",
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: '{{ .Release.Name }}'}\ndata: {a: b}\n");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String user;
    private volatile String password;
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final byte[] manifest;
    private final List<String> repeated = new CopyOnWriteArrayList<>();
    private final List<String> served = new CopyOnWriteArrayList<>();

    ChartRegistry(String user, String password) throws IOException {
        this.user = user;
        this.password = password;
        byte[] config =
                "{\"apiVersion\":\"v2\",\"name\":\"small\",\"version\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
        byte[] layer = packed();
        blobs.put(digest(config), config);
        blobs.put(digest(layer), layer);
        this.manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                 "config":{"mediaType":"application/vnd.cncf.helm.config.v1+json","digest":"%s","size":%d},
                 "layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","digest":"%s","size":%d}]}""".formatted(digest(config), config.length, digest(layer), layer.length)
                .getBytes(StandardCharsets.UTF_8);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v2/", this::answer);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Another password counts from now on. */
    void password(String another) {
        password = another;
    }

    /** Headers of the calls that were repeated. */
    List<String> repeated() {
        return List.copyOf(repeated);
    }

    /** Paths of the manifests that were asked for with the right login. */
    List<String> served() {
        return List.copyOf(served);
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            call.getRequestBody().readAllBytes();
            String path = call.getRequestURI().getPath();
            String expected = "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
            if (!expected.equals(call.getRequestHeaders().getFirst("Authorization"))) {
                call.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"charts\"");
                send(call, 401, "application/json", "{\"errors\":[]}".getBytes(StandardCharsets.UTF_8));
            } else if (path.contains("/samples/repeated/")) {
                String all = call.getRequestHeaders().entrySet().toString();
                repeated.add(all);
                send(
                        call,
                        403,
                        "application/json",
                        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"%s\"}]}"
                                .formatted(all.replace("\"", "'"))
                                .getBytes(StandardCharsets.UTF_8));
            } else if (path.contains("/manifests/")) {
                served.add(path);
                call.getResponseHeaders().add("Docker-Content-Digest", digest(manifest));
                send(call, 200, "application/vnd.oci.image.manifest.v1+json", manifest);
            } else {
                byte[] blob = blobs.getOrDefault(path.replaceFirst(".*/", ""), new byte[0]);
                send(call, blob.length == 0 ? 404 : 200, "application/octet-stream", blob);
            }
        }
    }

    private static void send(HttpExchange call, int status, String type, byte[] body) throws IOException {
        call.getResponseHeaders().add("Content-Type", type);
        boolean head = call.getRequestMethod().equals("HEAD");
        call.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            call.getResponseBody().write(body);
        }
    }

    private static byte[] packed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (Map.Entry<String, String> file : new TreeMap<>(CHART).entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
