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

    private final SocketChannel channel;
    private final StringBuilder line = new StringBuilder();
    private final LatencyHistogram latencies = new LatencyHistogram();
    private final CountDownLatch begun = new CountDownLatch(1);
    private String status = "";
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
        String text = StandardCharsets.ISO_8859_1.decode(bytes).toString();
        for (int from = 0; from < text.length(); ) {
            int to = text.indexOf('\n', from);
            line.append(text, from, to < 0 ? text.length() : to);
            if (to < 0) {
                return;
            }
            take(line.toString());
            line.setLength(0);
            from = to + 1;
        }
    }

    private void take(String text) {
        if (status.isEmpty()) {
            status = text.strip();
            begun.countDown();
        } else if (text.startsWith(ID)) {
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
