// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver of webhooks over real HTTP, which misbehaves as configured. */
final class Receiver implements AutoCloseable {

    /** Its behaviour. */
    sealed interface Mood {
        /** @param header an additional header, "Name: value", "" for none */
        record Status(int code, String header) implements Mood {}

        /** Takes the request and never answers. */
        record Hang() implements Mood {}

        /** Begins an answer that never ends. */
        record Drip() implements Mood {}

        Mood FINE = new Status(204, "");
    }

    private final String secret;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "receiver");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<String, List<JsonNode>> accepted = new ConcurrentHashMap<>();
    private final List<JsonNode> all = new CopyOnWriteArrayList<>();
    private final List<String> traces = new CopyOnWriteArrayList<>();
    private final List<String> attempts = new CopyOnWriteArrayList<>();
    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger followed = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final List<String> badSignatures = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.FINE;
    private volatile HttpServer server;
    private final int port;

    Receiver(String secret) throws IOException {
        this.secret = secret;
        this.server = listen(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer listen(int onPort) throws IOException {
        HttpServer fresh = HttpServer.create(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), onPort), 0);
        fresh.createContext("/hook", this::handle);
        fresh.createContext("/elsewhere", exchange -> {
            followed.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        fresh.setExecutor(threads);
        fresh.start();
        return fresh;
    }

    String url() {
        return "http://127.0.0.1:" + port + "/hook";
    }

    void mood(Mood newMood) {
        this.mood = newMood;
    }

    /** Connections are refused from now on. */
    void down() {
        server.stop(0);
    }

    void up() throws IOException {
        server = listen(port);
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Mood now = mood;
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            traces.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            attempts.add(exchange.getRequestHeaders().getFirst("Smo-Delivery-Attempt"));
            if (now instanceof Mood.Status status) {
                answer(exchange, body, status);
            } else {
                if (now instanceof Mood.Drip) {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('.');
                    exchange.getResponseBody().flush();
                }
                end.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.decrementAndGet();
            exchange.close();
        }
    }

    private void answer(HttpExchange exchange, byte[] body, Mood.Status status) throws IOException {
        if (status.code() < 300) {
            accept(exchange, body);
        }
        if (!status.header().isEmpty()) {
            String[] parts = status.header().split(": ", 2);
            exchange.getResponseHeaders().set(parts[0], parts[1]);
        }
        exchange.sendResponseHeaders(status.code(), -1);
    }

    private void accept(HttpExchange exchange, byte[] body) throws IOException {
        String signature = exchange.getRequestHeaders().getFirst("Smo-Signature");
        JsonNode event = StrictJson.tree(body);
        if (!verifies(signature, body)
                || !event.get("id").asText().equals(exchange.getRequestHeaders().getFirst("Smo-Event-Id"))) {
            badSignatures.add(signature);
            return;
        }
        String graph =
                Optional.ofNullable(event.get("subject")).map(JsonNode::asText).orElse("");
        accepted.computeIfAbsent(graph, g -> new CopyOnWriteArrayList<>()).add(event);
        all.add(event);
    }

    /** As a receiver does it that knows nothing of our code. */
    private boolean verifies(String header, byte[] body) {
        String[] parts = header.split(",", 2);
        String time = parts[0].substring("t=".length());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(
                    mac.doFinal(body), HexFormat.of().parseHex(parts[1].substring("v1=".length())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Different events that were accepted. */
    int count() {
        return (int)
                all.stream().map(event -> event.get("id").asText()).distinct().count();
    }

    /** Everything that was accepted, duplicates too, in the order of arrival. */
    List<JsonNode> all() {
        return List.copyOf(all);
    }

    /** Graph → sequences in the order of their first arrival. */
    Map<String, List<Long>> firstArrivals() {
        Map<String, List<Long>> result = new ConcurrentHashMap<>();
        accepted.forEach((graph, events) -> {
            List<Long> sequences = new ArrayList<>();
            events.stream()
                    .map(event -> Long.parseLong(event.get("sequence").asText()))
                    .filter(sequence -> !sequences.contains(sequence))
                    .forEach(sequences::add);
            result.put(graph, sequences);
        });
        return result;
    }

    List<Integer> numbers() {
        return all.stream().map(event -> event.at("/data/number").asInt()).toList();
    }

    List<String> traces() {
        return List.copyOf(traces);
    }

    List<String> attempts() {
        return List.copyOf(attempts);
    }

    List<String> hosts() {
        return List.copyOf(hosts);
    }

    int requests() {
        return requests.get();
    }

    int followedRedirects() {
        return followed.get();
    }

    int mostAtOnce() {
        return mostUnderWay.get();
    }

    List<String> badSignatures() {
        return List.copyOf(badSignatures);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
