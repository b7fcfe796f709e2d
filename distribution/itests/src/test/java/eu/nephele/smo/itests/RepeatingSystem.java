// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An outside system that refuses every call and repeats all that it was sent, as proxies and gateways with their debug mode on do:
 * address, headers and body. Some paths may have a good answer.
 */
final class RepeatingSystem implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> good = new ConcurrentHashMap<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile int status;

    RepeatingSystem(int status) throws IOException {
        this.status = status;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::repeat);
        server.start();
    }

    void refuseWith(int another) {
        status = another;
    }

    void answer(String path, String json) {
        good.put(path, json);
    }

    /** As an identity provider that describes itself, and refuses everything else. */
    void describeProvider() {
        answer("/.well-known/openid-configuration", """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token","jwks_uri":"%1$s/keys",
                 "device_authorization_endpoint":"%1$s/device","response_types_supported":["code"],
                 "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}""".formatted(url()));
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            RSAPublicKey key = (RSAPublicKey) keys.generateKeyPair().getPublic();
            answer(
                    "/keys",
                    "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"one\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                            .formatted(number(key.getModulus()), number(key.getPublicExponent())));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] unsigned = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url() {
        return "http://" + host();
    }

    /** Address, headers and body of each call. */
    List<String> received() {
        return List.copyOf(received);
    }

    private void repeat(HttpExchange call) throws IOException {
        try (call) {
            String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            StringBuilder all = new StringBuilder(call.getRequestMethod() + " " + call.getRequestURI() + " ");
            call.getRequestHeaders().forEach((name, values) -> all.append(name)
                    .append(": ")
                    .append(String.join(",", values))
                    .append("; "));
            all.append(body);
            received.add(all.toString());
            String answer = good.get(call.getRequestURI().getPath());
            String text = answer == null
                    ? "{\"message\":\"%s\"}"
                            .formatted(all.toString().replace("\\", "/").replace("\"", "'"))
                    : answer;
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().add("Content-Type", "application/json");
            call.sendResponseHeaders(answer == null ? status : 200, bytes.length);
            call.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
