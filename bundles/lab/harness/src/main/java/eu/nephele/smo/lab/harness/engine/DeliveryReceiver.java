// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Receiver of webhooks, a path for each: fails until it is opened. */
final class DeliveryReceiver implements AutoCloseable {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final String EVENT_ID = "Smo-Event-Id";
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final DeliveryReceipts receipts;
    private final AtomicInteger refused = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "receiver");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer server;
    private volatile boolean open;

    DeliveryReceiver(DeliveryReceipts receipts, int webhooks) throws IOException {
        this.receipts = receipts;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, NOT_FOUND));
        for (int number = 0; number < webhooks; number++) {
            int webhook = number;
            // a context name is a prefix of paths: 1/ is not a prefix of 10/
            server.createContext("/%d/".formatted(number), exchange -> receive(webhook, exchange));
        }
        server.start();
    }

    String url(int webhook) {
        return "http://127.0.0.1:%d/%d/".formatted(server.getAddress().getPort(), webhook);
    }

    /** Accepts all deliveries from now on. */
    void open() {
        open = true;
    }

    /** Number of earlier tries. */
    int refused() {
        return refused.get();
    }

    private void receive(int webhook, HttpExchange exchange) throws IOException {
        if (open) {
            receipts.add(webhook, exchange.getRequestHeaders().getFirst(EVENT_ID));
            answer(exchange, NO_CONTENT);
        } else {
            refused.incrementAndGet();
            answer(exchange, UNAVAILABLE);
        }
    }

    /** Reads the body to its end, so that the connection is reused. */
    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
