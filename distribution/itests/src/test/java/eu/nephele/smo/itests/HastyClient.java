// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for what every server has, again and again, from before the server listens until after it has gone. There are two answers:
 * what was asked for, and 503 as a problem with {@code Retry-After}; or none, because nobody listens.
 */
final class HastyClient implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int PATIENCE_MILLIS = 30_000;

    private final int port;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final Thread asking = new Thread(this::ask, "hasty-client");
    private volatile boolean wanted = true;

    private HastyClient(int port) {
        this.port = port;
    }

    static HastyClient of(int port) {
        HastyClient client = new HastyClient(port);
        client.asking.start();
        return client;
    }

    /** Waits for the last answer. */
    void end() throws InterruptedException {
        close();
        asking.join();
    }

    @Override
    public void close() {
        wanted = false;
    }

    int answers() {
        return answers.get();
    }

    /** Heads and bodies. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    private void ask() {
        while (wanted) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                judge(answer(socket));
            } catch (IOException notThere) {
                // refused before the start and after the end, cut off by the end
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private String answer(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /api/v1/projects HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
                        .formatted(port)
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private void judge(String answer) {
        String head = answer.split("\r\n\r\n", 2)[0].toLowerCase(Locale.ROOT);
        boolean served = head.startsWith("http/1.1 200") && head.contains("\r\ncontent-type: application/json");
        boolean later = head.startsWith("http/1.1 503")
                && head.contains("\r\ncontent-type: application/problem+json")
                && head.contains("\r\nretry-after: ");
        if (!answer.isEmpty()) {
            answers.incrementAndGet();
            if (!served && !later) {
                wrong.add(answer);
            }
        }
    }
}
