// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.lab.harness.attack.Cases.Case;
import eu.nephele.smo.lab.harness.attack.Shot.Demand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VolleyTest {

    private static final PrintStream NOBODY =
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/good", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/bad", exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void countsAnswersAndRemembersWhatWasMade() throws InterruptedException {
        Volley volley = fired("/good", Duration.ofMinutes(1));
        assertThat(volley.judged()).isEqualTo(10);
        assertThat(volley.statuses()).containsEntry(204, 10);
        assertThat(volley.made()).hasSize(10).containsOnly("/made");
        assertThat(volley.findings()).isEmpty();
    }

    @Test
    void findsWhatFailsAndKeepsNothingOfIt() throws InterruptedException {
        Volley volley = fired("/bad", Duration.ofMinutes(1));
        assertThat(volley.findings())
                .hasSize(10)
                .allMatch(finding -> finding.kind() == AttackFinding.AttackKind.SERVER_ERROR);
        assertThat(volley.made()).isEmpty();
    }

    @Test
    void sendsNothingWhenTheTimeIsOver() throws InterruptedException {
        assertThat(fired("/good", Duration.ZERO).judged()).isZero();
    }

    /** At one per second the first ones are sent, and the turns of the others are not awaited. */
    @Test
    void theRateIsKeptAndEndsWithTheTime() throws InterruptedException {
        assertThat(fired("/good", 1, Duration.ofMillis(1500)).judged()).isBetween(1, 2);
    }

    @Test
    void aSlowSenderStopsWhenItIsAnswered() throws InterruptedException {
        byte[] request = request("/good");
        Shot shot = new Shot("x", "GET", List.of(request, request, request), 10, Demand.ANSWER, Optional.empty());
        ShotOutcome outcome = new RawConnection(port(), 5000).send(shot);
        assertThat(outcome.answer())
                .hasValueSatisfying(answer -> assertThat(answer.isGood()).isTrue());
    }

    @Test
    void nobodyThereIsNoAnswer() throws InterruptedException {
        int port = port();
        server.stop(0);
        ShotOutcome outcome =
                new RawConnection(port, 5000).send(Shot.create("x", "GET", Demand.ANSWER, request("/good")));
        assertThat(outcome.answer()).isEmpty();
        assertThat(outcome.reason()).contains("no connection");
    }

    private Volley fired(String path, Duration limit) throws InterruptedException {
        return fired(path, 1_000_000, limit);
    }

    private Volley fired(String path, int perSecond, Duration limit) throws InterruptedException {
        Shot shot = Shot.create("x", "GET", Demand.ANSWER, request(path)).making("/made");
        Volley volley = new Volley(
                new RawConnection(port(), 5000), number -> new Case(number, "path", shot), perSecond, limit, NOBODY);
        volley.fire(0, 10);
        return volley;
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static byte[] request(String path) {
        return new RawRequest("GET", path).header("Host", "localhost").bytes();
    }
}
