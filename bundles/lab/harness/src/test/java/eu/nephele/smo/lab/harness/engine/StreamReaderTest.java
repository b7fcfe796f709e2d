// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamReaderTest {

    private static final int EVENTS = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 4096})
    void anEventMayGoOverChunksAndOverReads(int size) throws IOException, InterruptedException {
        String events = IntStream.rangeClosed(1, EVENTS)
                .mapToObj(number ->
                        "id: %1$d\ndata: {\"sequence\":%1$d,\"time\":\"%2$s\"}\n\n".formatted(number, Instant.EPOCH))
                .collect(Collectors.joining());
        byte[] response = ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks(events, 2 * size + 9))
                .getBytes(StandardCharsets.ISO_8859_1);
        try (SocketChannel channel = SocketChannel.open()) {
            StreamReader reader = new StreamReader(channel, 0);
            for (int from = 0; from < response.length; from += size) {
                reader.take(ByteBuffer.wrap(response, from, Math.min(size, response.length - from)));
            }
            reader.awaitBegin();
            assertThat(reader.finding(EVENTS)).isEmpty();
            assertThat(reader.finding(EVENTS + 1)).contains("the last event is 5 of 6 ");
            assertThat(reader.latencies().count()).isEqualTo(EVENTS);
        }
    }

    private static String chunks(String text, int size) {
        return IntStream.iterate(0, from -> from < text.length(), from -> from + size)
                .mapToObj(from -> text.substring(from, Math.min(text.length(), from + size)))
                .map(chunk -> "%x\r\n%s\r\n".formatted(chunk.length(), chunk))
                .collect(Collectors.joining());
    }
}
