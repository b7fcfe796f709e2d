// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is guarded is not reached by another spelling of its path. Byte by byte, because clients of HTTP would put the
 * paths right.
 */
class PathSpellingsIT {

    private static final int LEAST_SPELLINGS = 1_000;
    private static final int AT_ONCE = 8;
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int UNAUTHORIZED = 401;

    /** Guarded for what may be served there one day. */
    private static final String RESERVED = "/api/v1/configurations";

    /** Methods and paths; each has an answer of its own for the administrator, but the reserved configurations. */
    private static final List<Guarded> GUARDED = List.of(
            new Guarded("GET", RESERVED),
            new Guarded("GET", "/system/console"),
            new Guarded("GET", "/system/console/smo"),
            new Guarded("POST", "/api/v1/users", ""),
            new Guarded("POST", "/api/v1/keys", ""),
            new Guarded("POST", "/api/v1/grants", ""),
            new Guarded("PUT", "/api/v1/password", ""),
            new Guarded("POST", "/api/v1/signers/acme/keys", ""),
            new Guarded("GET", "/api/v1/audit", ""),
            new Guarded("POST", "/api/v1/plugins"),
            new Guarded("POST", "/api/v1/plugins/acme/stop"),
            new Guarded("POST", "/api/v1/strategies/placement/greedy/9.9.9/eject"),
            new Guarded("POST", "/api/v1/shadows/none/promote"),
            new Guarded("POST", "/api/v1/infrastructure/none"),
            new Guarded("PUT", "/api/v1/defaults/none"),
            new Guarded("POST", "/api/v1/runtime/profile", "?seconds=0"),
            new Guarded("POST", "/api/v1/runtime/diagnosis", "?seconds=0"),
            new Guarded("PUT", "/api/v1/kinds/infrastructure/resources/none"));

    private static ServerProcess server;
    private static int port;
    private static String token;

    private record Guarded(String method, String path, String query) {

        Guarded(String method, String path) {
            this(method, path, "");
        }
    }

    private record RawReply(int status, String mediaType, String body) {

        String detail() {
            try {
                return new JsonMapper().readTree(body).path("detail").asText();
            } catch (IOException noJson) {
                return body;
            }
        }
    }

    @BeforeAll
    static void start() throws IOException {
        port = Distribution.freePort();
        Path data = Distribution.freshFolder("spellings");
        server = ServerProcess.ready(port, data);
        token = Files.readString(data.resolve("etc/admin.token")).strip();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void noSpellingReachesWhatItGuards() throws Exception {
        List<String> findings = new ArrayList<>();
        Map<Integer, Integer> statuses = new TreeMap<>();
        int sent = 0;
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (Guarded guarded : GUARDED) {
                assertThat(ask(guarded.method(), guarded.path() + guarded.query(), Optional.empty())
                                .status())
                        .as(guarded.toString())
                        .isEqualTo(UNAUTHORIZED);
                RawReply reached = ask(guarded.method(), guarded.path() + guarded.query(), Optional.of(token));
                System.out.printf("%s: for the administrator %d %s%n", guarded, reached.status(), reached.detail());
                assertThat(reached.status()).as(guarded.toString()).isNotIn(UNAUTHORIZED, 405);
                assertThat(isNothing(reached))
                        .as(guarded.toString())
                        .isEqualTo(guarded.path().equals(RESERVED));
                List<String> spellings = PathSpellings.variants(guarded.path());
                assertThat(spellings).hasSizeGreaterThanOrEqualTo(LEAST_SPELLINGS);
                List<Future<RawReply>> replies = new ArrayList<>();
                for (String spelling : spellings) {
                    replies.add(
                            clients.submit(() -> ask(guarded.method(), spelling + guarded.query(), Optional.empty())));
                }
                for (int each = 0; each < spellings.size(); each++) {
                    RawReply reply = replies.get(each).get();
                    statuses.merge(reply.status(), 1, Integer::sum);
                    String spelling = spellings.get(each);
                    finding(reply, reached)
                            .ifPresent(why -> findings.add("%s %s: %s".formatted(guarded.method(), spelling, why)));
                }
                sent += spellings.size();
            }
        } finally {
            clients.shutdownNow();
        }
        System.out.printf("%d spellings of %d guarded paths, answers by status: %s%n", sent, GUARDED.size(), statuses);
        assertThat(findings).isEmpty();
    }

    @Test
    void aForeignOriginIsRefusedAndToldNothing() throws Exception {
        for (String method : List.of("OPTIONS", "GET", "POST")) {
            String answer = exchange(
                    "%s /api/v1/graphs HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: PUT\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .formatted(method));
            assertThat(answer).as(method).startsWith("HTTP/1.1 403").doesNotContainIgnoringCase("access-control-allow");
        }
    }

    @Test
    void everyAnswerIsProtected() throws Exception {
        for (String path : List.of(
                "/api/v1/clusters",
                "/clusters",
                "/docs",
                "/docs/",
                "/metrics",
                "/health/ready",
                "/none",
                "/api/v1/events/stream?after=999999999",
                "/system/console",
                "/api/../x",
                "/%00")) {
            String answer = head("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer)
                    .as(path)
                    .contains("X-Content-Type-Options: nosniff")
                    .contains("Referrer-Policy: ")
                    .contains("X-Frame-Options: DENY")
                    .contains("frame-ancestors 'none'")
                    .doesNotContainIgnoringCase("\r\nServer:")
                    .doesNotContainIgnoringCase("\r\nX-Powered-By:")
                    .doesNotContain("Strict-Transport-Security");
            assertThat(answer.split("X-Content-Type-Options", -1)).as(path).hasSize(2);
            if (path.startsWith("/api")) {
                assertThat(answer).as(path).contains("Cache-Control: no-");
            }
        }
    }

    /** Up to the end of the header fields: a stream does not end. */
    private static String head(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                head.append((char) next);
            }
            return head.toString();
        }
    }

    /** Refused, or another path that has nothing: a problem either way. */
    private static Optional<String> finding(RawReply reply, RawReply reached) {
        if (reply.status() < 400 || reply.status() >= 500) {
            return Optional.of("status " + reply.status());
        }
        if (!reply.mediaType().equals("application/problem+json")) {
            return Optional.of("%d as '%s'".formatted(reply.status(), reply.mediaType()));
        }
        return !isNothing(reply)
                        && reply.status() == reached.status()
                        && reply.detail().equals(reached.detail())
                ? Optional.of("answered as for the administrator: " + reply)
                : Optional.empty();
    }

    private static boolean isNothing(RawReply reply) {
        return reply.detail().startsWith("Nothing is served under this path");
    }

    private static RawReply ask(String method, String target, Optional<String> credential) throws IOException {
        String body = method.equals("GET") ? "" : "{}";
        String request =
                "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(
                                method,
                                target,
                                credential
                                        .map("Authorization: Bearer %s\r\n"::formatted)
                                        .orElse(""),
                                body.length(),
                                body);
        String answer = exchange(request);
        int end = answer.indexOf("\r\n\r\n");
        String head = end < 0 ? answer : answer.substring(0, end);
        String status = head.replaceFirst("(?s)HTTP/1\\.1 (\\d{3}).*", "$1");
        String mediaType = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
                .map(line -> line.substring(line.indexOf(':') + 1)
                        .replaceFirst(";.*", "")
                        .strip())
                .findFirst()
                .orElse("");
        return new RawReply(
                status.matches("\\d{3}") ? Integer.parseInt(status) : 0,
                mediaType,
                end < 0 ? "" : answer.substring(end + 4));
    }

    private static String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }
}
