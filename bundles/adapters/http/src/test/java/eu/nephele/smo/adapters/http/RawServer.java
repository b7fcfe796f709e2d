// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server with a scripted action per connection, after it has read the head of the request. */
final class RawServer implements AutoCloseable {

    /** Action for one connection. */
    interface Behaviour {
        void with(Socket connection, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<List<String>> heads = new CopyOnWriteArrayList<>();

    RawServer(Behaviour behaviour) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> accept(behaviour));
    }

    /** Answers every request with this. */
    static RawServer answering(int status, Map<String, String> headers, String body) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        head.append("Content-Length: ").append(bytes.length).append("\r\nConnection: close\r\n\r\n");
        return new RawServer((connection, out) -> {
            out.write(head.toString().getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
        });
    }

    static RawServer json(String body) {
        return answering(200, Map.of("Content-Type", "application/json"), body);
    }

    /** Returns when the client closes the connection. */
    static void awaitEnd(Socket connection) throws IOException {
        connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** Writes a byte in each interval until the client closes the connection. */
    static void drip(Socket connection, OutputStream out, int intervalMillis) throws IOException {
        connection.setSoTimeout(intervalMillis);
        while (isOpen(connection)) {
            out.write(' ');
            out.flush();
        }
    }

    private static boolean isOpen(Socket connection) throws IOException {
        try {
            return connection.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silent) {
            return true;
        }
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Lines of the heads of all requests. */
    List<List<String>> heads() {
        return heads;
    }

    private void accept(Behaviour behaviour) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection, behaviour));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection, Behaviour behaviour) {
        try (connection) {
            heads.add(head(connection));
            behaviour.with(connection, connection.getOutputStream());
        } catch (IOException gone) {
            // the caller has stopped waiting, as the test intends
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> head(Socket connection) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new CopyOnWriteArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
