// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A peer that takes one line and answers as the test says. */
final class PlayedSocket implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final PlayedAnswer answer;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    /** What is done with a connection after its line was read. */
    @FunctionalInterface
    interface PlayedAnswer {
        void give(Socket socket) throws IOException;
    }

    PlayedSocket(PlayedAnswer answer) throws IOException {
        this.answer = answer;
        Thread thread = new Thread(this::run, "played-socket");
        thread.setDaemon(true);
        thread.start();
    }

    static PlayedSocket saying(String text) throws IOException {
        return new PlayedSocket(socket -> {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.close();
        });
    }

    SocketPlace place() {
        return new SocketPlace("127.0.0.1:" + server.getLocalPort());
    }

    private void run() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                int read = socket.getInputStream().read();
                while (read >= 0 && read != '\n') {
                    read = socket.getInputStream().read();
                }
                answer.give(socket);
            } catch (IOException over) {
                if (!server.isClosed()) {
                    continue; // the client has gone: the next one
                }
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
