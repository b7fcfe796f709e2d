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
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An outside system that events are posted to; believes only what is signed. */
final class WebhookReceiver implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private volatile String secret = "";

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/in", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:%d/in".formatted(server.getAddress().getPort());
    }

    void secret(String shared) {
        secret = shared;
    }

    private void receive(HttpExchange call) throws IOException {
        byte[] body = call.getRequestBody().readAllBytes();
        boolean genuine = isSigned(call.getRequestHeaders().getFirst("Smo-Signature"), body);
        JsonNode event = JSON.readTree(body);
        // At least once: the same event may come again.
        if (genuine && heard.stream().noneMatch(known -> known.path("id").equals(event.path("id")))) {
            heard.add(event);
        }
        call.sendResponseHeaders(genuine ? 204 : 401, -1);
        call.close();
    }

    private boolean isSigned(String header, byte[] body) {
        String time = header.replaceFirst("t=(\\d+),.*", "$1");
        String given = header.replaceFirst(".*v1=", "");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body)).equals(given);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    List<JsonNode> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
