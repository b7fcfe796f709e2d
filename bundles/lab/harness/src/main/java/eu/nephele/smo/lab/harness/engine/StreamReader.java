// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One stream of events: reads lines, not more of them than is needed to count. */
final class StreamReader {

    private static final String OK = "HTTP/1.1 200";
    private static final String ID = "id: ";
    private static final String DATA = "data: ";
    private static final String TIME = "\"time\":\"";
    private static final long BEGIN_SECONDS = 60;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int HEXADECIMAL = 16;
    private static final int BYTE = 0xff;

    private final SocketChannel channel;
    private final StringBuilder frame = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private final LatencyHistogram latencies = new LatencyHistogram();
    private final CountDownLatch begun = new CountDownLatch(1);
    private String status = "";
    private boolean body;
    private int chunkLeft;
    private long told;
    private long last;
    private String end = "";
    private String fault = "";

    StreamReader(SocketChannel channel, long after) {
        this.channel = channel;
        this.last = after;
    }

    SocketChannel channel() {
        return channel;
    }

    LatencyHistogram latencies() {
        return latencies;
    }

    synchronized void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (chunkLeft > 0) {
                takeOfChunk(bytes);
            } else {
                char next = (char) (bytes.get() & BYTE);
                if (next != '\n') {
                    frame.append(next);
                } else {
                    takeFrame(frame.toString().strip());
                    frame.setLength(0);
                }
            }
        }
    }

    /** Events go over chunks as they please. */
    private void takeOfChunk(ByteBuffer bytes) {
        ByteBuffer part = bytes.slice(bytes.position(), Math.min(chunkLeft, bytes.remaining()));
        chunkLeft -= part.remaining();
        bytes.position(bytes.position() + part.remaining());
        String text = StandardCharsets.ISO_8859_1.decode(part).toString();
        int from = 0;
        for (int to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
            take(line.append(text, from, to).toString());
            line.setLength(0);
            from = to + 1;
        }
        line.append(text, from, text.length());
    }

    /** Status and fields of the response, then what stands before and behind a chunk. */
    private void takeFrame(String text) {
        if (status.isEmpty()) {
            status = text;
            begun.countDown();
        } else if (!body) {
            body = text.isEmpty();
        } else if (!text.isEmpty()) {
            chunkLeft = Integer.parseInt(text, HEXADECIMAL);
        }
    }

    private void take(String text) {
        if (text.startsWith(ID)) {
            told = Long.parseLong(text.substring(ID.length()).strip());
        } else if (text.startsWith(DATA)) {
            if (told != last + 1 && fault.isEmpty()) {
                fault = "event %d follows %d".formatted(told, last);
            }
            last = told;
            heard(text);
        }
    }

    private void heard(String data) {
        int begin = data.indexOf(TIME) + TIME.length();
        if (begin >= TIME.length()) {
            Instant time = Instant.parse(data.substring(begin, data.indexOf('"', begin)));
            latencies.add(Math.max(0, ChronoUnit.MICROS.between(time, Instant.now())) * NANOS_PER_MICRO);
        }
    }

    void awaitBegin() throws IOException, InterruptedException {
        if (!begun.await(BEGIN_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("A stream of events is not answered");
        }
        synchronized (this) {
            if (!status.startsWith(OK)) {
                throw new IOException("A stream of events is refused: %s%s".formatted(status, end));
            }
        }
    }

    synchronized void end(String why) {
        end = why;
        begun.countDown();
    }

    synchronized boolean isBehind(long sequence) {
        return end.isEmpty() && last < sequence;
    }

    synchronized Optional<String> finding(long wanted) {
        if (!fault.isEmpty()) {
            return Optional.of(fault);
        }
        if (last < wanted) {
            return Optional.of("the last event is %d of %d %s".formatted(last, wanted, end));
        }
        return end.isEmpty() ? Optional.empty() : Optional.of("ended: " + end);
    }

    void close() {
        try {
            channel.close();
        } catch (IOException ending) {
            throw new UncheckedIOException(ending);
        }
    }
}
