// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Overload: refused callers learn when to retry, accepted requests are served, and other callers notice nothing. */
class OverloadIT {

    private static final String PROJECT = "crowd";
    private static final String GRAPHS = "/api/v1/projects/" + PROJECT + "/graphs";
    private static final int CLIENTS = 16;

    /** Fewer than one page has. */
    private static final int MOST_ACCEPTED = 800;

    private static final int ENOUGH_REFUSED = 100;
    private static final int LONGEST_SECONDS = 60;
    private static final int STREAMS_ASKED_FOR = 5_000;
    /** More than the web server has threads. */
    private static final int MAX_STREAMS = 300;

    private static final long PATIENCE_SECONDS = 240;

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);
    /** Looks at the answers itself: what a crowd asks for shall not wait for its own processor. */
    private final RestClient offering = client.unchecked();

    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicInteger offered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    @AfterEach
    void end() {
        clients.shutdownNow();
    }

    @Test
    void whatIsAcceptedIsDoneAndReadsHealthAndRemovalsAreAnsweredMeanwhile() throws Exception {
        Settings settings = Settings.fresh()
                .world(new int[] {4_000, 4_000})
                .with("eu.nephele.smo.core.engine", "workers=1", "maxQueuedChanges=8");
        try (ServerProcess server = ServerProcess.ready(port, settings.data())) {
            assertThat(server.processId()).isPositive();
            NativeApi crowd = new NativeApi(client, PROJECT);
            crowd.deploy(graph("first"));
            Eventually.within(PATIENCE_SECONDS, crowd::byPhase, phases -> assertThat(phases)
                    .containsEntry("RUNNING", List.of("first")));

            List<Future<?>> crowds = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                crowds.add(clients.submit(this::offer));
            }
            meanwhile(crowd);
            Eventually.within(PATIENCE_SECONDS, refused::get, number -> assertThat(number)
                    .isGreaterThanOrEqualTo(ENOUGH_REFUSED));
            ending = true;
            for (Future<?> one : crowds) {
                one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            assertThat(client.get("/metrics").text()).contains("smo_engine_refused_total{reason=\"length\"");

            // all that was accepted, and nothing else; first was removed
            Eventually.within(PATIENCE_SECONDS, crowd::byPhase, phases -> {
                assertThat(phases).containsOnlyKeys("RUNNING");
                assertThat(phases.get("RUNNING")).containsExactlyInAnyOrderElementsOf(accepted);
            });
            for (int i = 0; i < 5; i++) {
                crowd.deploy(graph("after-" + i));
            }
        }
    }

    @Test
    void streamsBeyondTheirNumberAreRefusedWithTheTimeToAskAgainAndReadsGoOn() throws Exception {
        Settings settings = Settings.fresh()
                .world(new int[] {100})
                .with("eu.nephele.smo.access.rest", "maxStreams=" + MAX_STREAMS, "maxStreamsPerCaller=" + MAX_STREAMS);
        List<Socket> open = new ArrayList<>();
        try (ServerProcess server = ServerProcess.ready(port, settings.data())) {
            assertThat(server.processId()).isPositive();
            int served = 0;
            for (int i = 0; i < STREAMS_ASKED_FOR; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                String head = askForStream(socket);
                if (head.startsWith("HTTP/1.1 200")) {
                    open.add(socket);
                    served++;
                } else {
                    socket.close();
                    assertThat(head).startsWith("HTTP/1.1 503").containsIgnoringCase("Retry-After: ");
                }
                if (i % 500 == 0) {
                    assertThat(client.get("/health/ready").status()).isEqualTo(200);
                    assertThat(client.get("/api/v1/clusters").status()).isEqualTo(200);
                }
            }
            assertThat(served).isEqualTo(MAX_STREAMS);
            assertThat(client.postJson(GRAPHS, graph("beside")).status()).isEqualTo(202);
            assertThat(client.delete(GRAPHS + "/beside").status()).isEqualTo(202);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    /** Status line and header fields of the answer. */
    private String askForStream(Socket socket) throws IOException {
        socket.getOutputStream().write("""
                        GET /api/v1/events/stream HTTP/1.1\r
                        Host: 127.0.0.1:%d\r
                        Accept: text/event-stream\r
                        \r
                        """.formatted(port).getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0 && head.indexOf("\r\n\r\n") < 0; next = in.read()) {
            head.append((char) next);
        }
        return head.toString();
    }

    /** Reads and health while changes are refused, and a removal. */
    private void meanwhile(NativeApi crowd) throws Exception {
        Eventually.within(
                PATIENCE_SECONDS, refused::get, number -> assertThat(number).isPositive());
        // read it would be 400
        Eventually.within(
                PATIENCE_SECONDS, () -> client.postJson(GRAPHS, "no descriptor").status(), status -> assertThat(status)
                        .isEqualTo(503));
        crowd.remove("first");
        for (int i = 0; i < 10; i++) {
            assertThat(client.get("/health/ready").status()).isEqualTo(200);
            assertThat(client.get(GRAPHS + "?limit=10").status()).isEqualTo(200);
            assertThat(client.get("/project/%s/graphs".formatted(PROJECT)).status())
                    .isEqualTo(200);
        }
        Eventually.within(PATIENCE_SECONDS, () -> client.get(GRAPHS + "/first").status(), status -> assertThat(status)
                .isEqualTo(404));
    }

    private Void offer() throws Exception {
        while (!ending && accepted.size() < MOST_ACCEPTED) {
            String name = "g" + offered.getAndIncrement();
            RestClient.Answer answer = offering.postJson(GRAPHS, graph(name));
            if (answer.status() == 202) {
                accepted.add(name);
            } else {
                assertThat(answer.status()).as(answer.text()).isEqualTo(503);
                assertThat(answer.mediaType()).isEqualTo("application/problem+json");
                assertThat(answer.json().path("type").asText()).isEqualTo("urn:smo:problem:unavailable");
                assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                        .isBetween(1L, (long) LONGEST_SECONDS);
                refused.incrementAndGet();
            }
        }
        return null;
    }

    private static String graph(String name) {
        return Descriptors.graph(name, Descriptors.service(name + "-web"));
    }
}
