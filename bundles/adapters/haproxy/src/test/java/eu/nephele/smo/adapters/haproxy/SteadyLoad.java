// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Requests without end over connections that stay, at a steady rate; each that is not answered 200 is a failure. */
final class SteadyLoad implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int REQUESTS_PER_CONNECTION = 50;
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final int port;
    private final long pauseNanos;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final long begin = System.nanoTime();
    private volatile boolean over;

    SteadyLoad(int port, int perSecond) {
        this.port = port;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(THREADS) / perSecond;
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(this::run, "steady-load-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void run() {
        long next = System.nanoTime();
        while (!over) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(10_000);
                InputStream answers = new BufferedInputStream(socket.getInputStream());
                for (int i = 0; i < REQUESTS_PER_CONNECTION && !over; i++) {
                    ask(socket, answers);
                    next += pauseNanos;
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            } catch (IOException failed) {
                failures.add(failed.toString());
            }
        }
    }

    private void ask(Socket socket, InputStream answers) throws IOException {
        socket.getOutputStream().write(REQUEST);
        String status = line(answers);
        int length = 0;
        for (String line = line(answers); !line.isEmpty(); line = line(answers)) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        answers.skipNBytes(length);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException(status);
        }
        answered.incrementAndGet();
    }

    private static String line(InputStream answers) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = answers.read(); c != '\n'; c = answers.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    long answered() {
        return answered.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    double perSecond() {
        return answered.get() * 1e9 / (System.nanoTime() - begin);
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            joined(thread);
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the load ends", stopped);
        }
    }
}
