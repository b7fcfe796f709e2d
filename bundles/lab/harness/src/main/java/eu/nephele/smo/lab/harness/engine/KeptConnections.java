// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import eu.nephele.smo.lab.harness.server.HttpReader;
import eu.nephele.smo.lab.harness.server.RawResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that keep their connections, each request in the name of the next caller. They share the processors with the
 * server that they measure, and need a fraction of what the HTTP client of Java needs.
 */
final class KeptConnections implements OpenLoop.LoadTarget, AutoCloseable {

    private static final int ANSWER_MILLIS = 60_000;

    /** The server closes what is idle for longer. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int FIRST_FAILURE = 400;

    /** They may be sent again (RFC 9110, 9.2.2): a server that was stopped has closed the connections of before. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "PUT", "DELETE");

    private final URI server;
    private final List<String> tokens;
    private final AtomicInteger calls = new AtomicInteger();
    private final Deque<KeptConnection> idle = new ConcurrentLinkedDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "client");
        thread.setDaemon(true);
        return thread;
    });

    /** @param tokens of the callers, one or more */
    KeptConnections(URI server, List<String> tokens) {
        this.server = server;
        this.tokens = List.copyOf(tokens);
    }

    private record KeptConnection(Socket socket, BufferedInputStream input, long sinceNanos) {

        RawResponse exchange(String method, byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            return new HttpReader(input).read(method);
        }

        KeptConnection atRest() {
            return new KeptConnection(socket, input, System.nanoTime());
        }

        boolean isStale() {
            return System.nanoTime() - sinceNanos > IDLE_NANOS;
        }

        void close() {
            try {
                socket.close();
            } catch (IOException ending) {
                throw new UncheckedIOException(ending);
            }
        }
    }

    @Override
    public CompletableFuture<RequestTally.ResponseClass> send(ClosedLoop.HttpRequestSpec request) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        RawResponse response = exchange(request);
                        return new RequestTally.ResponseClass(
                                response.status(),
                                response.header("Retry-After").isPresent(),
                                response.status() < FIRST_FAILURE ? "" : response.text());
                    } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                    }
                },
                threads);
    }

    /** Sends a request and waits for the answer. */
    RawResponse exchange(ClosedLoop.HttpRequestSpec request) throws IOException {
        String token = tokens.get(Math.floorMod(calls.getAndIncrement(), tokens.size()));
        byte[] bytes = bytes(request, token);
        Optional<KeptConnection> kept = kept();
        if (kept.isEmpty() || !IDEMPOTENT.contains(request.method())) {
            return exchange(kept.isPresent() ? kept.get() : open(), request.method(), bytes);
        }
        try {
            return exchange(kept.get(), request.method(), bytes);
        } catch (IOException closed) {
            return exchange(open(), request.method(), bytes);
        }
    }

    private RawResponse exchange(KeptConnection connection, String method, byte[] request) throws IOException {
        try {
            RawResponse response = connection.exchange(method, request);
            if (response.header("Connection").filter("close"::equalsIgnoreCase).isPresent()) {
                connection.close();
            } else {
                idle.push(connection.atRest());
            }
            return response;
        } catch (IOException broken) {
            connection.close();
            throw broken;
        }
    }

    private Optional<KeptConnection> kept() {
        KeptConnection latest = idle.poll();
        while (latest != null && latest.isStale()) {
            latest.close();
            latest = idle.poll();
        }
        return Optional.ofNullable(latest);
    }

    private KeptConnection open() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), ANSWER_MILLIS);
        return new KeptConnection(
                socket, new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES), System.nanoTime());
    }

    private byte[] bytes(ClosedLoop.HttpRequestSpec request, String token) {
        byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
        String kind = body.length == 0 ? "" : "Content-Type: application/json\r\n";
        String length =
                body.length == 0 && request.method().equals("GET") ? "" : "Content-Length: " + body.length + "\r\n";
        String head = request.method() + " " + request.path() + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nAuthorization: Bearer " + token + "\r\n" + kind + length + "\r\n";
        byte[] fields = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[fields.length + body.length];
        System.arraycopy(fields, 0, all, 0, fields.length);
        System.arraycopy(body, 0, all, fields.length, body.length);
        return all;
    }

    /** Ends what is under way, too. */
    @Override
    public void close() {
        threads.shutdownNow();
        List<KeptConnection> left = new ArrayList<>(idle);
        idle.clear();
        left.forEach(KeptConnection::close);
    }
}
