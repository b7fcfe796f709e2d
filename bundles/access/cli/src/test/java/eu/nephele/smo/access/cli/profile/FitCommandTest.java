// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.access.cli.CommandLineRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Coefficients from files and from the past. */
class FitCommandTest {

    private static final String EXAMPLE = "../../../examples/profiles/load-test.csv";

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static JsonNode json(CommandLineRun run) throws IOException {
        return new ObjectMapper()
                .readTree(run.out().lines().reduce((first, last) -> last).orElseThrow());
    }

    @Test
    void theWorkedExampleOfTheGuideIsWhatTheCommandPrints() throws IOException {
        CommandLineRun run = CommandLineRun.of("profile", "fit", EXAMPLE, "--saturated", "--service", "resizer");
        assertThat(run.status()).isZero();
        String guide = Files.readString(Path.of("../../../docs/guide/profiles.md"));
        assertThat(run.out().lines().map(String::strip).filter(line -> !line.isEmpty()))
                .hasSizeGreaterThan(8)
                .allSatisfy(line -> assertThat(guide).contains(line));
        assertThat(guide).contains(Files.readString(Path.of(EXAMPLE)).strip());
        assertThat(run.out())
                .as("a scaler gets the careful one")
                .contains("# careful; fitted: { alpha: 10.03, beta: -4.052 }")
                .contains("profile: { alpha: 9.768, beta: -3.945 }");
    }

    /** The guide computes alpha and beta by hand, from the medians at 1 and at 4 replicas. */
    @Test
    void theGuideByHandIsNearTheFit() throws IOException {
        JsonNode fit = json(CommandLineRun.of("profile", "fit", EXAMPLE, "--saturated", "--json"));
        assertThat(fit.at("/profile/alpha").asDouble()).isCloseTo((35.9 - 6.0) / 3, within(0.1));
        assertThat(fit.at("/profile/beta").asDouble()).isCloseTo(6.0 - (35.9 - 6.0) / 3, within(0.2));
    }

    @Test
    void withoutASignOfFullLoadNothingIsProposed() {
        CommandLineRun run = CommandLineRun.of("profile", "fit", EXAMPLE);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("Not enough load seen: 0 of 12").doesNotContain("profile: {");
    }

    @Test
    void aTableInJsonIsReadAsOneInCsv() throws IOException {
        String rows = Files.readAllLines(Path.of(EXAMPLE)).stream()
                .skip(2)
                .map(row -> row.split(","))
                .map(cells -> "{\"replicas\":%s,\"rps\":%s}".formatted(cells[0], cells[1]))
                .collect(Collectors.joining(",", "{\"samples\":[", "]}"));
        JsonNode fromJson = json(CommandLineRun.of("profile", "fit", file("t.json", rows), "--saturated", "--json"));
        assertThat(fromJson).isEqualTo(json(CommandLineRun.of("profile", "fit", EXAMPLE, "--saturated", "--json")));
    }

    @Test
    void summariesOfSeveralToolsAreOneRunEach() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "profile",
                "fit",
                file("k6.json", "{\"metrics\":{\"http_reqs\":{\"rate\":6.0},\"http_req_duration\":{\"med\":80}}}"),
                file("vegeta.json", "{\"rate\":30,\"throughput\":16.05,\"latencies\":{\"50th\":80000000}}"),
                file("wrk.txt", "Running 30s test\nRequests/sec:     26.1\nTransfer/sec: 3KB\n"),
                file("k6new.json", "{\"metrics\":{\"http_reqs\":{\"values\":{\"rate\":36.0}}}}"),
                "--replicas",
                "1,2,3,4",
                "--saturated",
                "--json");
        assertThat(run.err()).isEmpty();
        assertThat(json(run).at("/profile/alpha").asDouble()).isCloseTo(10, within(0.1));
        assertThat(json(run).at("/profile/beta").asDouble()).isCloseTo(-4, within(0.2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "count,rps\\n1,5                | row 1: expected the columns replicas and requestsPerSecond",
                "replicas,rps\\n1,5\\n1,many     | row 2: requestspersecond is 'many', expected a number",
                "replicas,rps\\n1.5,5           | replicas is 1.5, expected a whole number",
                "at,replicas,rps\\nnoon,1,5     | row 1: the time is 'noon'",
                "{}                            | has no rows",
                "Requests/sec: 5               | say with --replicas how many there were"
            })
    void aFileOfAnotherFormSaysWhere(String text, String expected) throws IOException {
        CommandLineRun run =
                CommandLineRun.of("profile", "fit", file("wrong.csv", text.replace("\\n", "\n")), "--saturated");
        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).contains(expected);
    }

    @Test
    void thePictureIsAnSvgWithOnePointForEachObservation() throws Exception {
        Path picture = folder.resolve("fit.svg");
        CommandLineRun.of("profile", "fit", EXAMPLE, "--saturated", "--service", "a<b>&c", "--svg", picture.toString());
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(picture.toFile());
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(12);
        assertThat(Files.readString(picture)).contains("a&lt;b&gt;&amp;c: 10 · r − 4.05");
    }

    /** A Prometheus with a service whose 2 to 5 replicas serve 12 r - 3, and whose load is between 40 % and 100 % of that. */
    @Test
    void coefficientsAreFoundInThePast() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/prom/api/v1/query_range", exchange -> {
            Map<String, String> query = Arrays.stream(
                            exchange.getRequestURI().getRawQuery().split("&"))
                    .map(part -> part.split("=", 2))
                    .collect(Collectors.toMap(
                            part -> part[0], part -> URLDecoder.decode(part[1], StandardCharsets.UTF_8)));
            byte[] answer = range(query).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            CommandLineRun run = CommandLineRun.of(
                    "profile",
                    "fit",
                    "--prometheus",
                    "http://127.0.0.1:%d/prom/".formatted(server.getAddress().getPort()),
                    "--since",
                    "2w",
                    "--service",
                    "web",
                    "--namespace",
                    "shop",
                    "--json");
            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
            assertThat(json(run).at("/profile/alpha").asDouble()).isCloseTo(12, within(0.6));
            assertThat(json(run).at("/profile/beta").asDouble()).isCloseTo(-3, within(0.9));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aTimeOfAnotherFormIsRefused() {
        CommandLineRun run =
                CommandLineRun.of("profile", "fit", "--prometheus", "http://127.0.0.1:1", "--since", "soon");
        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).contains("'--since'", "'soon' is no time such as 90s");
    }

    private static String range(Map<String, String> query) {
        long from = Instant.parse(query.get("start")).getEpochSecond();
        long to = Instant.parse(query.get("end")).getEpochSecond();
        long step = Long.parseLong(query.get("step"));
        assertThat((to - from) / step).isLessThan(11_000);
        String promql = query.get("query");
        assertThat(promql).contains("web", "shop").doesNotContain("$");
        StringBuilder values = new StringBuilder();
        for (long at = from; at <= to; at += step) {
            Random random = new Random(at);
            long replicas = 2 + at / 3600 % 4;
            double busy = 0.7 + 0.3 * Math.sin(at / 1000.0);
            double value = promql.contains("replicas_ready")
                    ? replicas
                    : promql.contains("cpu")
                            ? busy * (1 + 0.03 * random.nextGaussian())
                            : busy * (12 * replicas - 3) * (1 + 0.03 * random.nextGaussian());
            values.append(values.isEmpty() ? "" : ",").append("[%d,\"%s\"]".formatted(at, value));
        }
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":[%s]}]}}"
                .formatted(values);
    }
}
