// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;

/** A registry controlled by the test, down to single bytes. */
final class FakeRegistry implements AutoCloseable {

    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String HELM = "application/vnd.cncf.helm.config.v1+json";
    static final String CHART_LAYER = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    static final String TAR_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    private static final int TLS_HANDSHAKE = 0x16;

    /** A request of a client. */
    record Asked(String method, String path, Map<String, String> headers) {}

    /** Answers one request on an open connection, which is closed afterwards. */
    interface Answer {
        void write(Asked asked, OutputStream out) throws IOException, InterruptedException;
    }

    static final class Layer {

        private final String mediaType;
        private final byte[] content;
        private final String title;

        Layer(String mediaType, byte[] content, String title) {
            this.mediaType = mediaType;
            this.content = content;
            this.title = title;
        }

        String mediaType() {
            return mediaType;
        }

        byte[] content() {
            return content;
        }

        String title() {
            return title;
        }
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ServerSocket server;

    FakeRegistry() {
        this(ServerSocketFactory.getDefault());
    }

    FakeRegistry(ServerSocketFactory sockets) {
        try {
            server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        start("accept", this::accept);
    }

    String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    String reference(String path) {
        return "oci://" + host() + "/" + path;
    }

    FakeRegistry on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    long count(String method, String pathPart) {
        return asked.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().contains(pathPart))
                .count();
    }

    /** Puts an artifact under a tag and under its digest. */
    Digest artifact(String repository, String tag, String config, Layer... layers) {
        String manifest = manifest(config, layers);
        for (Layer layer : layers) {
            on(blob(repository, layer), content(200, "application/octet-stream", layer.content()));
        }
        return manifest(repository, tag, manifest);
    }

    Digest manifest(String repository, String tag, String manifest) {
        byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(bytes);
        Answer answer = content(200, MANIFEST, bytes, "Docker-Content-Digest: " + digest);
        on("/v2/" + repository + "/manifests/" + tag, answer);
        on("/v2/" + repository + "/manifests/" + digest, answer);
        return digest;
    }

    static String blob(String repository, Layer layer) {
        return "/v2/" + repository + "/blobs/" + Digest.of(layer.content());
    }

    static String manifest(String config, Layer... layers) {
        List<String> listed = new ArrayList<>();
        for (Layer layer : layers) {
            String title = layer.title().isEmpty()
                    ? ""
                    : ",\"annotations\":{\"org.opencontainers.image.title\":\"" + layer.title() + "\"}";
            listed.add("{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
                    .formatted(layer.mediaType(), Digest.of(layer.content()), layer.content().length, title));
        }
        return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":2},\"layers\":[%s]}"
                .formatted(
                        MANIFEST, config, Digest.of("{}".getBytes(StandardCharsets.UTF_8)), String.join(",", listed));
    }

    static Answer content(int status, String type, byte[] body, String... headers) {
        return (asked, out) -> {
            head(out, status, type, body.length, headers);
            if (!asked.method().equals("HEAD")) {
                out.write(body);
            }
        };
    }

    static Answer status(int status, String... headers) {
        byte[] body = "{\"errors\":[{\"code\":\"SOME_CODE\",\"message\":\"words of the registry\"}]}"
                .getBytes(StandardCharsets.UTF_8);
        return content(status, "application/json", body, headers);
    }

    static void head(OutputStream out, int status, String type, long length, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\nConnection: close\r\nContent-Type: "
                + type + "\r\nContent-Length: " + length + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Sends nothing until this registry is closed. */
    Answer silence() {
        return (asked, out) -> closed.await();
    }

    /** Sends a byte in each interval until the client or this registry closes the connection. */
    void drip(OutputStream out, int intervalMillis) throws IOException, InterruptedException {
        while (!closed.await(intervalMillis, TimeUnit.MILLISECONDS)) {
            out.write(' ');
            out.flush();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                start("connection", () -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            Asked request = read(connection);
            asked.add(request);
            String path = request.path().replaceFirst("\\?.*$", "");
            answers.getOrDefault(path, answers.getOrDefault("*", status(404)))
                    .write(request, connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (IOException | InterruptedException gone) {
            // the client has closed the connection, or the test is over
            return;
        } finally {
            connections.remove(connection);
        }
    }

    private static Asked read(Socket connection) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        lines.mark(1);
        if (lines.read() == TLS_HANDSHAKE) {
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.shutdownOutput();
            lines.transferTo(Writer.nullWriter());
            throw new IOException("TLS where there is none");
        }
        lines.reset();
        String first = lines.readLine();
        if (first == null || first.split(" ", -1).length != 3) {
            throw new IOException("no request of HTTP");
        }
        Map<String, String> headers = new ConcurrentHashMap<>();
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            String[] parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts.length == 2 ? parts[1].strip() : "");
        }
        String[] request = first.split(" ", -1);
        return new Asked(request[0], request[1], headers);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, "fake-registry-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Refuses new connections, and closes the present ones. */
    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
