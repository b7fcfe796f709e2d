// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver of webhooks that writes down every delivery, repeated ones too, and can be away for a time. */
final class RecordingReceiver implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * @param id header that names the event
     * @param genuine whether the signature is right
     */
    record Delivery(JsonNode event, String id, boolean genuine) {}

    private final int port = Distribution.freePort();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final AtomicInteger accidents = new AtomicInteger();
    private volatile String secret = "";
    private HttpServer server;

    RecordingReceiver() throws IOException {
        server = listening();
    }

    private HttpServer listening() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        started.setExecutor(workers);
        started.createContext("/in", this::receive);
        started.start();
        return started;
    }

    String url() {
        return "http://127.0.0.1:%d/in".formatted(port);
    }

    void secret(String shared) {
        secret = shared;
    }

    /** Nobody listens any more. */
    void goDown() {
        server.stop(0);
    }

    void comeUp() throws IOException {
        server = listening();
    }

    private void receive(HttpExchange call) throws IOException {
        try (call) {
            byte[] body = call.getRequestBody().readAllBytes();
            boolean genuine = isSigned(call.getRequestHeaders().getFirst("Smo-Signature"), body);
            String id = call.getRequestHeaders().getFirst("Smo-Event-Id");
            deliveries.add(new Delivery(JSON.readTree(body), id, genuine));
            // Now and then an answer is an accident after the event was taken: it comes again.
            boolean accident = deliveries.size() % 50 == 0;
            accidents.addAndGet(accident ? 1 : 0);
            call.sendResponseHeaders(accident ? 500 : 204, -1);
        }
    }

    private boolean isSigned(String header, byte[] body) {
        String[] fields = header.split(",", -1);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((fields[0].substring("t=".length()) + ".").getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(
                    mac.doFinal(body), HexFormat.of().parseHex(fields[1].substring("v1=".length())));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    /** How many deliveries were taken and answered with an error. */
    int accidents() {
        return accidents.get();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
