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
import net.jqwik.api.Arbitrary;
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
    private static final int ANSWER_MILLIS = 45_000;
    private static final String STATUS_LINE = "HTTP/1\\.1 ([1-4]\\d\\d .*|503 .*)";

    private static ServerProcess server;
    private static RestClient client;
    private static String token;
    private static int port;

    @BeforeContainer
    static void startTheServer() throws Exception {
        port = Distribution.freePort();
        Path data = Distribution.freshFolder("data");
        server = ServerProcess.ready(port, data);
        token = Files.readString(data.resolve("etc/admin.token")).strip();
        client = RestClient.known(port, token);
        client.postJson("/api/v1/projects/demo/graphs", GRAPH.formatted("hello"));
    }

    @AfterContainer
    static void theServerStillWorks() throws Exception {
        try (ServerProcess ending = server) {
            assertThat(client.get("/health/live").status()).isEqualTo(200);
            assertThat(client.postJson("/api/v1/projects/after/graphs", GRAPH.formatted("after"))
                            .status())
                    .isBetween(200, 202);
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
                // the server would post to hosts of others, or wait for minutes as it is told
                .filter(request -> !(request.method().equals("POST") && request.target().contains("/webhooks"))
                        && !request.target().matches(".*[?&]wait=[0-9]{2,}.*"));
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

    /** The connection ends with a good answer, or without one where the request is none. */
    @FuzzTarget
    void requestsByteForByte(@ForAll("bytes") HostileBytes request) throws IOException {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            connection.setSoTimeout(ANSWER_MILLIS);
            connection.getOutputStream().write(request.bytes());
            connection.shutdownOutput();
            String answer = new String(connection.getInputStream().readNBytes(500), StandardCharsets.ISO_8859_1);
            if (!answer.isEmpty()) {
                assertThat(answer.lines().findFirst().orElse("")).matches(STATUS_LINE);
            }
        } catch (SocketException reset) {
            // closed while we were still sending
            assertThat(reset.getMessage()).containsAnyOf("reset", "Broken pipe");
        }
    }
}
