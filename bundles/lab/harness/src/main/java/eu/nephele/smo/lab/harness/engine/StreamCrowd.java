// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Clients that read streams of events, all on one thread. Each checks that it gets each event once, in sequence. */
final class StreamCrowd implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long POLL_MILLIS = 100;
    private static final int OPENED_AT_ONCE = 50;

    private final Selector selector = Selector.open();
    private final List<StreamReader> readers = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final Thread reading = new Thread(this::read, "streams");
    private volatile boolean closed;

    private StreamCrowd() throws IOException {
        reading.setDaemon(true);
    }

    /**
     * @param after sequence behind which all begin
     * @throws IOException when one is refused
     */
    static StreamCrowd open(ServerUnderTest server, int count, long after) throws IOException, InterruptedException {
        StreamCrowd streams = new StreamCrowd();
        try {
            streams.begin(server, count, after);
        } catch (IOException | InterruptedException failed) {
            streams.close();
            throw failed;
        }
        return streams;
    }

    private void begin(ServerUnderTest server, int count, long after) throws IOException, InterruptedException {
        byte[] request = """
                GET /api/v1/events/stream?after=%d HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Accept: text/event-stream\r
                \r
                """.formatted(after, server.url().getAuthority(), server.token())
                .getBytes(StandardCharsets.US_ASCII);
        reading.start();
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), server.url().getPort()));
            StreamReader reader = new StreamReader(channel, after);
            synchronized (readers) {
                readers.add(reader);
            }
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, reader);
            selector.wakeup();
            if (i % OPENED_AT_ONCE == OPENED_AT_ONCE - 1) {
                // as clients that reconnect do not come all at one moment
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
        for (StreamReader reader : all()) {
            reader.awaitBegin();
        }
    }

    private List<StreamReader> all() {
        synchronized (readers) {
            return List.copyOf(readers);
        }
    }

    private void read() {
        while (!closed) {
            try {
                selector.select(this::read, POLL_MILLIS);
            } catch (IOException broken) {
                all().forEach(reader -> reader.end("the selector failed: " + broken));
                return;
            }
        }
    }

    private void read(SelectionKey key) {
        StreamReader reader = (StreamReader) key.attachment();
        buffer.clear();
        try {
            if (reader.channel().read(buffer) < 0) {
                key.cancel();
                reader.end("the server closed it");
                return;
            }
            reader.take(buffer.flip());
        } catch (IOException | RuntimeException broken) {
            // what one stream gets wrong is a finding, and no matter of the others
            key.cancel();
            reader.end(broken.toString());
        }
    }

    /** Waits until all have an event, or for that time. */
    void awaitSequence(long last, long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end && all().stream().anyMatch(reader -> reader.isBehind(last))) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    int count() {
        return all().size();
    }

    /** Streams that have ended, without an event, or have got one twice or out of sequence. */
    List<String> findings(long last) {
        return all().stream().flatMap(reader -> reader.finding(last).stream()).toList();
    }

    /** From the time of an event to its arrival, of all streams. */
    LatencyHistogram latencies() {
        LatencyHistogram latencies = new LatencyHistogram();
        all().forEach(reader -> latencies.addAll(reader.latencies()));
        return latencies;
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        for (StreamReader reader : all()) {
            reader.close();
        }
        try {
            selector.close();
        } catch (IOException ending) {
            throw new UncheckedIOException(ending);
        }
    }
}
