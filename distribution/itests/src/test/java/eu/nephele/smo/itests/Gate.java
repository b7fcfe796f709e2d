// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a system on a port of its own: lets everything through, nobody in, or everybody in without a word. */
final class Gate implements AutoCloseable {

    enum State {
        OPEN,
        /** Connections are refused; those that were open are reset. */
        REFUSED,
        /** Connections are taken and stay silent, as when a process is stopped; what was sent arrives once it is open again. */
        HANGING
    }

    private static final int BUFFER_BYTES = 16_384;

    private final InetSocketAddress system;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private State state = State.OPEN;
    private ServerSocket door;

    Gate(URI system) throws IOException {
        this.system = new InetSocketAddress(system.getHost(), system.getPort());
        this.door = listen(0);
        this.port = door.getLocalPort();
        accept(door);
    }

    int port() {
        return port;
    }

    String system() {
        return system.getHostString() + ":" + system.getPort();
    }

    synchronized void set(State wanted) throws IOException {
        if (wanted == State.REFUSED) {
            door.close();
            open.forEach(Gate::reset);
        } else if (state == State.REFUSED) {
            door = listen(port);
            accept(door);
        }
        state = wanted;
        notifyAll();
    }

    private synchronized void awaitOpen() throws InterruptedException {
        while (state == State.HANGING) {
            wait();
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        return socket;
    }

    private void accept(ServerSocket socket) {
        start("gate-" + socket.getLocalPort(), List.of(socket), () -> {
            while (true) {
                Socket caller = socket.accept();
                open.add(caller);
                start("gate-caller", List.of(caller), () -> forward(caller));
            }
        });
    }

    private void forward(Socket caller) throws IOException, InterruptedException {
        awaitOpen();
        Socket callee = new Socket();
        open.add(callee);
        try {
            callee.connect(system);
            start("gate-answers", List.of(caller, callee), () -> pump(callee, caller));
            pump(caller, callee);
        } finally {
            open.remove(caller);
            open.remove(callee);
            callee.close();
        }
    }

    private void pump(Socket from, Socket to) throws IOException, InterruptedException {
        InputStream source = from.getInputStream();
        OutputStream target = to.getOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
            awaitOpen();
            target.write(buffer, 0, count);
            target.flush();
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** A connection that breaks ends its threads; both ends see that by themselves. */
    private static void start(String name, List<? extends Closeable> ends, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException over) {
                        // nobody waits for this connection any more
                    } finally {
                        ends.forEach(Gate::quietly);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException closed) {
            // one end was quicker
        }
        quietly(socket);
    }

    private static void quietly(Closeable end) {
        try {
            end.close();
        } catch (IOException closed) {
            // it is closed
        }
    }

    @Override
    public synchronized void close() throws IOException {
        set(State.REFUSED);
    }
}
