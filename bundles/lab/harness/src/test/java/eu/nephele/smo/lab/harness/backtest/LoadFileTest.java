// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadFileTest {

    @TempDir
    private Path folder;

    private LoadShape read(String text) throws IOException {
        return LoadFile.read(Files.writeString(folder.resolve("load"), text));
    }

    @Test
    void readsLinesWithAHeadingAndInterpolates() throws IOException {
        String lines = IntStream.range(0, 20)
                .mapToObj(i ->
                        "%s,%d".formatted(Instant.parse("2026-01-05T00:00:00Z").plusSeconds(60L * i), 60 * i))
                .collect(Collectors.joining("\n", "time,value\n", "\n"));
        LoadShape shape = read(lines);

        assertThat(shape.first()).isEqualTo("2026-01-05T00:00:00Z");
        assertThat(shape.perSecond()).hasSize(38);
        assertThat(shape.perSecond()[0]).isCloseTo(15, within(1e-6));
        assertThat(shape.perSecond()[37]).isCloseTo(1125, within(1e-6));
    }

    @Test
    void aGapIsNoDemand() throws IOException {
        String lines = IntStream.range(0, 60)
                .filter(i -> i < 20 || i > 40)
                .mapToObj(i -> "%d;%d".formatted(1_700_000_000L + 60L * i, 7))
                .collect(Collectors.joining("\n"));
        double[] load = read(lines).perSecond();

        assertThat(load[10]).isEqualTo(7);
        assertThat(load[60]).isNaN();
        assertThat(load[100]).isEqualTo(7);
    }

    @Test
    void readsTheAnswerOfARangeQueryAndPlainJson() throws IOException {
        String values = IntStream.range(0, 30)
                .mapToObj(i -> "[%d,\"%d\"]".formatted(1_700_000_040L + 60L * i, i))
                .collect(Collectors.joining(",", "[", "]"));
        String answer =
                "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{},\"values\":%s}]}}".formatted(values);

        assertThat(read(answer).perSecond()).isEqualTo(read(values).perSecond()).hasSize(58);
    }

    @Test
    void refusesWhatIsNoLoad() {
        assertThatThrownBy(() -> read("time,value\n1,2\nsoon,3\n")).hasMessageContaining("line 3");
        assertThatThrownBy(() -> read("1,2\n2,3\n")).hasMessageContaining("too few");
        assertThatThrownBy(() -> read("{\"data\":{\"result\":[]}}")).hasMessageContaining("one series, got 0");
        assertThatThrownBy(() -> read("[[1,2],[\"soon\",3]]")).hasMessageContaining("expected [time, value]");
        assertThatThrownBy(() -> read("time,value\n1,2\nNaN,3\n")).hasMessageContaining("line 3");
        String oneSecond =
                IntStream.range(0, 20).mapToObj(i -> "1.%d,5".formatted(10 + i)).collect(Collectors.joining("\n"));
        assertThatThrownBy(() -> read(oneSecond)).hasMessageContaining("span less than 30 seconds");
    }

    @Test
    void asksAPrometheusInPiecesThatItAnswers() throws Exception {
        List<String> asked = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/query_range", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            asked.add(query);
            long start = Long.parseLong(query.replaceAll(".*start=(\\d+).*", "$1"));
            long end = Long.parseLong(query.replaceAll(".*end=(\\d+).*", "$1"));
            String values = IntStream.rangeClosed(0, (int) (end - start) / 60)
                    .mapToObj(i -> "[%d,\"5\"]".formatted(start + 60L * i))
                    .collect(Collectors.joining(","));
            byte[] body = "{\"data\":{\"result\":[{\"values\":[%s]}]}}"
                    .formatted(values)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            LoadShape shape = new PrometheusLoad(
                            "http://127.0.0.1:%d/".formatted(server.getAddress().getPort()))
                    .read("sum(rate(x[1m]))", Instant.ofEpochSecond(1_700_000_040), Duration.ofDays(10));

            assertThat(asked).hasSize(2).allMatch(query -> query.startsWith("query=sum(rate(x[1m]))&"));
            assertThat(shape.perSecond()).hasSize(10 * LoadShape.STEPS_PER_DAY).containsOnly(5);
        } finally {
            server.stop(0);
        }
    }
}
