// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Stands between the server and a system of which every answer shall take longer. */
final class SlowWire implements AutoCloseable {

    private final int target;
    private final ServerSocket listener;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private volatile long delayMillis;

    /** @param target port on this machine */
    SlowWire(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        begin(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on each answer takes so much longer. */
    void delay(Duration each) {
        delayMillis = each.toMillis();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(client);
            sockets.add(server);
            begin(() -> pump(client, server, false));
            begin(() -> pump(server, client, true));
        }
    }

    private void pump(Socket from, Socket to, boolean answers) throws IOException, InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[1 << 16];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (answers) {
                    TimeUnit.MILLISECONDS.sleep(delayMillis);
                }
                out.write(bytes, 0, count);
            }
        }
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private static void begin(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException closed) {
                        // the one end or the other is closed: this is the end of the thread
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                },
                "slow-wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
