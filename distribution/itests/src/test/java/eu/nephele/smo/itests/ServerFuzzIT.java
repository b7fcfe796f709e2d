// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import eu.nephele.smo.lab.conformance.SampleJson;
import eu.nephele.smo.lab.testkit.fuzz.ContractRequests;
import eu.nephele.smo.lab.testkit.fuzz.FuzzTarget;
import eu.nephele.smo.lab.testkit.fuzz.HostileBytes;
import eu.nephele.smo.lab.testkit.fuzz.HostileRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * The product, asked as nobody should by somebody who may do everything: each answer is as the contract says, a refusal is a problem,
 * and only 503 with a time to come again is the fault of the server. Afterwards it still works.
 */
class ServerFuzzIT {

    private static final String GRAPH = "{\"hdaGraph\":{\"id\":\"%s\",\"services\":[{\"id\":\"web\",\"artifact\":"
            + "{\"ociImage\":\"oci://registry.example/a/web:1.0.0\",\"ociConfig\":{\"type\":\"App\",\"implementer\":\"HELM\"}},"
            + "\"deployment\":{\"trigger\":{\"auto\":{}},\"intent\":{\"compute\":{\"cpu\":\"light\",\"ram\":\"light\"}}}}]}}";
    private static final List<String> KNOWN =
            List.of("demo", "hello", "web", "edge-1", "cloud", "greedy", "first-fit", "placement", "admin", "a");
    /** The server would post to hosts of others, record or wait for as long as it is told. */
    private static final Pattern AS_TOLD =
            Pattern.compile("^POST /api/v1/(webhooks|[^?]*/webhooks|runtime/(profile|diagnosis))|[?&]wait=[0-9]{2,}");

    private static final String PASSWORD = "correct horse battery staple";
    /** Less than the limit of an input, so that a connection that never ends is told as that. */
    private static final int ANSWER_MILLIS = 25_000;

    /** Samples that a browser is answered by a page. */
    private static final Set<String> PAGES = Set.of("console", "login");

    private static final int MOST_ANSWER = 4_000;
    private static final String REFUSAL = "HTTP/1\\.1 [45].*";
    private static final String STATUS_LINE = "HTTP/1\\.1 ([1-4]\\d\\d .*|503 .*)";

    private static ServerProcess server;
    private static RestClient client;
    private static String token;
    private static String session;
    private static int port;

    @BeforeContainer
    static void startTheServer() throws Exception {
        port = Distribution.freePort();
        Path data = Distribution.freshFolder("data");
        server = ServerProcess.ready(port, data);
        token = Files.readString(data.resolve("etc/admin.token")).strip();
        client = RestClient.known(port, token);
        client.postJson("/api/v1/projects/demo/graphs", GRAPH.formatted("hello"));
        client.postJson("/api/v1/users", "{\"name\":\"anna\",\"password\":\"%s\"}".formatted(PASSWORD));
        client.postJson("/api/v1/grants", "{\"subject\":\"anna\",\"role\":\"operator\"}");
        RestClient.Answer begun = RestClient.unchecked(port)
                .postJson("/api/v1/sessions", "{\"user\":\"anna\",\"password\":\"%s\"}".formatted(PASSWORD));
        assertThat(begun.status()).as(begun.text()).isEqualTo(201);
        session = begun.json().path("token").asText();
    }

    @AfterContainer
    static void theServerStillWorks() throws Exception {
        try {
            assertThat(client.get("/health/live").status()).isEqualTo(200);
            assertThat(client.postJson("/api/v1/projects/after/graphs", GRAPH.formatted("after"))
                            .status())
                    .isBetween(200, 202);
        } finally {
            server.close();
        }
    }

    @Provide
    static Arbitrary<HostileRequest> requests() throws IOException, InterruptedException {
        JsonNode document =
                new YAMLMapper().readTree(client.get("/openapi.yaml").text());
        return ContractRequests.requests(
                        SampleJson.strict(new JsonMapper().writeValueAsString(document))
                                .asObject()
                                .orElseThrow(),
                        KNOWN)
                .filter(request -> !AS_TOLD.matcher(request.method() + " " + request.target())
                        .find());
    }

    /** Whole requests, byte for byte. */
    @Provide
    static Arbitrary<HostileBytes> bytes() {
        String headers = "Host: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer " + token + "\r\n";
        return HostileBytes.editedTexts(Map.of(
                "read",
                "GET /api/v1/projects/demo/graphs?limit=2 HTTP/1.1\r\n" + headers
                        + "Accept: application/json;q=0.9, */*\r\nIf-None-Match: \"a\", W/\"b\"\r\n\r\n",
                "traced",
                "GET /api/v1/clusters HTTP/1.1\r\n" + headers
                        + "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\ntracestate: a=1,b=2\r\n"
                        + "baggage: k=v;p=1\r\nX-Request-Id: 12\r\n\r\n",
                "proxied",
                "GET /graphs HTTP/1.1\r\n" + headers
                        + "X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Host: smo.example\r\nX-Forwarded-Proto: https\r\n"
                        + "Forwarded: for=10.0.0.1;proto=https\r\nCookie: a=b; c=d\r\nRange: bytes=0-5\r\n\r\n",
                "page",
                "GET /docs/ HTTP/1.1\r\n" + headers + "Accept-Encoding: gzip\r\nRange: bytes=0-5\r\n\r\n",
                "chunked",
                "POST /api/v1/projects/demo/graphs HTTP/1.1\r\n" + headers
                        + "Content-Type: application/json\r\nIdempotency-Key: k\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "12\r\n{\"hdaGraph\":{\"id\"}\r\n0\r\n\r\n",
                "posted",
                "POST /alerts HTTP/1.1\r\n" + headers
                        + "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"alerts\":[]}"));
    }

    /** Headers of a browser with a session, in which any byte may be another one. */
    @Provide
    static Arbitrary<HostileBytes> browsers() {
        String cookie = "Cookie: theme=dark; smo-session=" + session + "; a=\"b\"\r\n";
        String headers = "Host: 127.0.0.1\r\nConnection: close\r\n" + cookie;
        return HostileBytes.editedTexts(Map.of(
                "page",
                "GET /api/v1/clusters HTTP/1.1\r\n" + headers + "Accept: text/html, */*;q=0.1\r\n\r\n",
                "change",
                "POST /api/v1/projects/demo/graphs HTTP/1.1\r\n" + headers
                        + "Origin: http://127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 2\r\n\r\n{}",
                "two",
                "GET /api/v1/whoami HTTP/1.1\r\n" + headers + cookie + "Cookie: __Host-smo-session=smos_a\r\n\r\n",
                "console",
                "GET /system/console/smo HTTP/1.1\r\n" + headers + "Authorization: Basic YWRtaW46eA==\r\n\r\n",
                "login",
                "GET /auth/callback?code=a&state=b HTTP/1.1\r\n" + headers
                        + "Cookie: smo-login=a.b.c\r\nReferer: http://127.0.0.1/auth/login?provider=a\r\n\r\n",
                "typed",
                "POST /alerts HTTP/1.1\r\n" + headers
                        + "Content-Type: application/json;charset=\"utf-8\";q=1\r\nExpect: 100-continue\r\n"
                        + "Content-Encoding: gzip\r\nContent-Length: 13\r\n\r\n{\"alerts\":[]}"));
    }

    @FuzzTarget
    void operationsOfTheProduct(@ForAll("requests") HostileRequest request) throws IOException, InterruptedException {
        RestClient.Answer answer = client.send(request.method(), request.target(), request.body(), request.headers());
        assertThat(isGood(answer)).as("%d %s", answer.status(), answer.text()).isTrue();
        if (answer.status() >= 400 && !request.method().equals("HEAD")) {
            assertThat(answer.mediaType()).isEqualTo("application/problem+json");
            assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
            assertThat(answer.text()).doesNotContain("java.lang", "com.fasterxml", "\\tat ");
        }
    }

    private static boolean isGood(RestClient.Answer answer) {
        return answer.status() < 500
                || (answer.status() == 503
                        && answer.headers().firstValue("Retry-After").isPresent());
    }

    @Example
    void aTypeWhoseParameterHasNoEndIsRefusedByAProblem() throws IOException, InterruptedException {
        RestClient.Answer answer =
                client.send("POST", "/alerts", "{}", List.of("Content-Type", "application/json;charset=\""));
        assertThat(answer.status()).isIn(400, 415);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
    }

    @FuzzTarget
    void requestsByteForByte(@ForAll("bytes") HostileBytes request) throws IOException {
        assertAnswered(request);
    }

    @FuzzTarget
    void sessionsByteForByte(@ForAll("browsers") HostileBytes request) throws IOException {
        assertAnswered(request);
    }

    /** The connection ends with good answers, each refusal a problem, or without one where the request is none. */
    private static void assertAnswered(HostileBytes request) throws IOException {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            connection.setSoTimeout(ANSWER_MILLIS);
            connection.getOutputStream().write(request.bytes());
            connection.shutdownOutput();
            String answer =
                    new String(connection.getInputStream().readNBytes(MOST_ANSWER), StandardCharsets.ISO_8859_1);
            if (!answer.isEmpty()) {
                String head = answer.substring(0, Math.max(0, answer.indexOf("\r\n\r\n")));
                String status = head.lines().findFirst().orElse("");
                assertThat(status).as(answer).matches(STATUS_LINE);
                if (status.matches(REFUSAL)) {
                    assertThat(head)
                            .as(answer)
                            .containsPattern("(?i)content-type: application/problem\\+json"
                                    + (PAGES.contains(request.sample()) ? "|text/html" : ""));
                }
                if (status.contains(" 503 ")) {
                    assertThat(head).as(answer).containsPattern("(?i)retry-after: \\d");
                }
            }
        } catch (SocketException reset) {
            // closed while we were still sending
            assertThat(reset.getMessage()).containsAnyOf("reset", "Broken pipe");
        }
    }
}
