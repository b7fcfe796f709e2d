// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks a socket of HAProxy: one connection for each line, limited in time and size. */
final class RuntimeSocket {

    private static final int MOST_BYTES = 64 << 20;
    private static final int BUFFER_BYTES = 64 << 10;

    private final String system;
    private final SocketPlace place;
    private final Duration timeout;

    RuntimeSocket(String system, SocketPlace place, Duration timeout) {
        this.system = system;
        this.place = place;
        this.timeout = timeout;
    }

    /** The same socket, asked with less patience. */
    RuntimeSocket within(Duration less) {
        return new RuntimeSocket(system, place, less.compareTo(timeout) < 0 ? less : timeout);
    }

    /**
     * @param commands separated by semicolons, without line breaks
     * @return the lines of all answers
     * @throws AdapterException {@code UNAVAILABLE} when nobody answers, {@code TIMED_OUT} when the answer has no end in time
     */
    List<String> ask(String commands) {
        if (commands.indexOf('\n') >= 0 || commands.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("commands with a line break");
        }
        long end = System.nanoTime() + timeout.toNanos();
        try (SocketChannel channel = place.open();
                Selector selector = Selector.open()) {
            connect(channel, selector, end);
            write(channel, selector, ByteBuffer.wrap((commands + "\n").getBytes(StandardCharsets.UTF_8)), end);
            // the socket of the master stays open else
            channel.shutdownOutput();
            return read(channel, selector, end).lines().toList();
        } catch (IOException | RuntimeException failed) {
            if (failed instanceof AdapterException told) {
                throw told;
            }
            throw new AdapterException(
                    Kind.UNAVAILABLE,
                    system,
                    "Ask HAProxy at %s: %s; is it running, and may this server use the socket?"
                            .formatted(place.text(), failed),
                    failed);
        }
    }

    private void connect(SocketChannel channel, Selector selector, long end) throws IOException {
        if (!channel.connect(place.address())) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            while (!channel.finishConnect()) {
                await(selector, end);
            }
            key.interestOps(0);
        }
    }

    private void write(SocketChannel channel, Selector selector, ByteBuffer bytes, long end) throws IOException {
        channel.register(selector, SelectionKey.OP_WRITE);
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(selector, end);
            }
        }
    }

    private String read(SocketChannel channel, Selector selector, long end) throws IOException {
        channel.register(selector, SelectionKey.OP_READ);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (true) {
            int number = channel.read(buffer);
            if (number < 0) {
                return all.toString(StandardCharsets.UTF_8);
            }
            if (number == 0) {
                await(selector, end);
                continue;
            }
            all.write(buffer.array(), 0, number);
            buffer.clear();
            if (all.size() > MOST_BYTES) {
                throw new AdapterException(
                        Kind.UNAVAILABLE,
                        system,
                        "Ask HAProxy at %s: the answer has more than %d MiB".formatted(place.text(), MOST_BYTES >> 20));
            }
            if (System.nanoTime() - end > 0) {
                throw late();
            }
        }
    }

    private void await(Selector selector, long end) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw late();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
        }
        selector.select(left);
        selector.selectedKeys().clear();
    }

    private AdapterException late() {
        return new AdapterException(
                Kind.TIMED_OUT,
                system,
                "Ask HAProxy at %s: no complete answer within %d ms".formatted(place.text(), timeout.toMillis()));
    }
}
