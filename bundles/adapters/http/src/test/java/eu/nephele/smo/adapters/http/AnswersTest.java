// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import static eu.nephele.smo.adapters.http.Opened.READ;
import static eu.nephele.smo.adapters.http.Opened.failure;
import static eu.nephele.smo.adapters.http.Opened.open;
import static eu.nephele.smo.adapters.http.Opened.settings;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handling of complete answers. */
class AnswersTest {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    @Test
    void aGoodAnswerComesWithStatusHeadersAndText() throws IOException {
        try (RawServer server = RawServer.answering(
                        201,
                        Map.of("Content-Type", "application/vnd.x+json; charset=utf-8", "ETag", "7"),
                        "{\"ä\":[1]}");
                HttpSystem system = open(settings(server.url() + "/sub/"))) {
            HttpAnswer answer = system.send(READ.header("If-Match", "6").json("{}"));
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("{\"ä\":[1]}");
            assertThat(answer.header("etag")).contains("7");
            assertThat(server.heads().get(0))
                    .contains("GET /sub/api/things?token=abc HTTP/1.1", "If-Match: 6", "Content-Type: application/json")
                    .noneMatch(line -> line.startsWith("Authorization"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "302, REFUSED",
        "400, REFUSED",
        "401, REFUSED",
        "403, REFUSED",
        "404, NOT_FOUND",
        "407, REFUSED",
        "408, TIMED_OUT",
        "409, CONFLICT",
        "410, NOT_FOUND",
        "412, CONFLICT",
        "418, REFUSED",
        "422, REFUSED",
        "429, UNAVAILABLE",
        "500, UNAVAILABLE",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, TIMED_OUT",
        "599, UNAVAILABLE"
    })
    void aStatusSaysWhatFollows(int status, Kind kind) throws IOException {
        try (RawServer server = RawServer.answering(status, JSON, "{\"error\":\"so\\nit is\"}")) {
            AdapterException failure = failure(settings(server.url()));
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.system()).isEqualTo("prometheus");
            assertThat(failure.retryAfter()).isEmpty();
            assertThat(failure)
                    .hasMessageStartingWith(
                            "Read things: prometheus at %s/api/things answered %d", server.url(), status)
                    .hasMessageContaining("so\\nit is")
                    .hasMessageNotContaining("abc");
        }
    }

    @Test
    void aStatusThatIsExpectedIsAnAnswer() throws IOException {
        try (RawServer server = RawServer.answering(404, Map.of(), "no such thing");
                HttpSystem system = open(settings(server.url()))) {
            assertThat(system.send(READ.expecting(404)).body()).isEqualTo("no such thing");
            assertThat(failure(system, READ.expecting(409)).kind()).isEqualTo(Kind.NOT_FOUND);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "429, 7, 7",
        "503, 0, 0",
        "503, 99999999999999999999, 86400",
        "429, 'Fri, 20 Nov 2026 12:01:30 GMT', 90",
        "503, 'Fri, 20 Nov 2026 11:00:00 GMT', 0"
    })
    void theSystemSaysWhenToTryAgainInSecondsOrAsADateOfItsOwnClock(int status, String after, long seconds)
            throws IOException {
        Map<String, String> headers = Map.of("Retry-After", after, "Date", "Fri, 20 Nov 2026 12:00:00 GMT");
        try (RawServer server = RawServer.answering(status, headers, "")) {
            assertThat(failure(settings(server.url())).retryAfter()).contains(Duration.ofSeconds(seconds));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-3", "1.5", "Fri, 99 Nov 2026 12:01:30 GMT"})
    void nonsenseAboutTryingAgainIsNotBelieved(String after) throws IOException {
        try (RawServer server = RawServer.answering(503, Map.of("Retry-After", after), "")) {
            assertThat(failure(settings(server.url())).retryAfter()).isEqualTo(Optional.empty());
        }
    }

    @Test
    void aRedirectIsNotFollowedAndSaysWhereItWanted() throws IOException {
        Map<String, String> headers = Map.of("Location", "https://me:pw@login.example/start?session=abc");
        try (RawServer server = RawServer.answering(302, headers, "")) {
            assertThat(failure(settings(server.url())))
                    .hasMessageContaining("https://login.example/start")
                    .hasMessageNotContaining("abc")
                    .hasMessageNotContaining("pw");
            assertThat(server.heads()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"data\":[1,2", "{} {}", "{\"a\":1}x", "{a:1}", "not json"})
    void whatIsNotOneJsonValueIsRefused(String body) throws IOException {
        try (RawServer server = RawServer.json(body)) {
            AdapterException failure = failure(settings(server.url()));
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure).hasMessageContaining("JSON");
        }
    }

    @Test
    void jsonThatIsNestedTooDeeplyIsRefused() throws IOException {
        try (RawServer server = RawServer.json("[".repeat(5000) + "]".repeat(5000))) {
            assertThat(failure(settings(server.url())).kind()).isEqualTo(Kind.REFUSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain; charset=utf-8", "application/jsonp"})
    void aPageOfSomebodyElseIsRefusedWithItsBeginning(String type) throws IOException {
        try (RawServer server = RawServer.answering(200, Map.of("Content-Type", type), "<html>Sign in</html>")) {
            assertThat(failure(settings(server.url())).kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure(settings(server.url())))
                    .hasMessageContaining("Sign in")
                    .hasMessageContaining("not JSON");
        }
    }

    @Test
    void anyTextIsGoodWhereNoJsonIsAskedFor() throws IOException {
        HttpCall call = READ.anyText();
        try (RawServer server = RawServer.answering(200, Map.of("Content-Type", "text/plain"), "OK");
                HttpSystem system = open(settings(server.url()))) {
            assertThat(system.send(call).body()).isEqualTo("OK");
        }
        try (RawServer server = new RawServer((connection, out) ->
                        out.write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
                HttpSystem system = open(settings(server.url()))) {
            assertThat(system.send(call).body()).isEmpty();
        }
    }

    @Test
    void whatTheSystemSaysIsShortAndOnOneLine() throws IOException {
        try (RawServer server =
                RawServer.answering(422, Map.of(), "bad\u0000\r\n\u001b[31m\u202ethings " + "x".repeat(100_000))) {
            AdapterException failure = failure(settings(server.url()));
            assertThat(failure).hasMessageContaining(": bad [31m things xxx").hasMessageEndingWith("x…");
            assertThat(failure.getMessage()).hasSizeLessThan(500);
        }
    }

    @Test
    void aSystemMayBeAskedByManyAtOnce() throws IOException {
        try (RawServer server = RawServer.json("{}");
                HttpSystem system = open(settings(server.url()))) {
            long good = java.util.stream.IntStream.range(0, 100)
                    .parallel()
                    .filter(i -> system.send(READ).status() == 200)
                    .count();
            assertThat(good).isEqualTo(100);
        }
    }
}
