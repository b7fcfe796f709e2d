// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Clients of whose requests a byte comes every half second: of header fields, or of a body. One that is cut off comes
 * again at once, so that their number stays.
 */
final class SlowSenders implements AutoCloseable {

    private static final long PAUSE_MILLIS = 500;
    private static final int BODY_BYTES = 100_000;

    private final ServerUnderTest server;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Sender[] senders;
    private final ScheduledFuture<?> dripping;
    private int cutOff;

    private static final class Sender {
        private final boolean body;
        private Socket socket = new Socket();

        Sender(boolean body) {
            this.body = body;
        }
    }

    SlowSenders(ServerUnderTest server, int count) {
        this.server = server;
        this.senders = IntStream.range(0, count)
                .mapToObj(number -> new Sender(number % 2 == 1))
                .toArray(Sender[]::new);
        this.dripping = clock.scheduleWithFixedDelay(this::drip, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void drip() {
        for (Sender sender : senders) {
            try {
                if (!sender.socket.isConnected() || wasAnswered(sender.socket)) {
                    again(sender);
                }
                sender.socket.getOutputStream().write(sender.body ? ' ' : 'x');
            } catch (IOException cut) {
                cutOff(sender);
            }
        }
    }

    private boolean wasAnswered(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return in.available() > 0;
    }

    private void again(Sender sender) throws IOException {
        if (sender.socket.isConnected()) {
            cutOff(sender);
        }
        sender.socket =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort());
        sender.socket.setTcpNoDelay(true);
        sender.socket
                .getOutputStream()
                .write((sender.body ? body() : "GET /api/v1/clusters HTTP/1.1\r\nX: ")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private String body() {
        return """
                POST /api/v1/projects/slow/graphs HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                """.formatted(server.url().getAuthority(), server.token(), BODY_BYTES);
    }

    private synchronized void cutOff(Sender sender) {
        cutOff++;
        try {
            sender.socket.close();
        } catch (IOException closed) {
            // it is gone either way, and the next round connects again
        }
        sender.socket = new Socket();
    }

    /** Returns whether they have gone on until now. */
    boolean isGoingOn() {
        return !dripping.isDone();
    }

    /** How often the server has cut one off. */
    synchronized int cutOff() {
        return cutOff;
    }

    @Override
    public void close() {
        dripping.cancel(false);
        clock.shutdownNow();
        try {
            clock.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        for (Sender sender : senders) {
            cutOff(sender);
        }
    }
}
