// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client whose server dies in the middle of its call. */
class RetryingCallerTest {

    private static final int DIES = 0;
    private static final ApiRequest REQUEST = new ApiRequest("POST", "/x", "{}", Optional.of("key-1"));

    private final Deque<Integer> script = new ArrayDeque<>();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final PromiseLedger ledger = new PromiseLedger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            int status = script.remove();
            if (status != DIES) {
                exchange.getResponseHeaders().set("Location", "/api/v1/operations/7");
                exchange.sendResponseHeaders(status, -1);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void itAsksAgainWithTheSameKeyUntilThereIsAnAnswer() throws Exception {
        script.addAll(List.of(503, DIES, 503, 202));
        RetryingCaller.RetriedOutcome outcome = persistent(0).ask(REQUEST);
        assertThat(outcome.answer().orElseThrow().status()).isEqualTo(202);
        assertThat(outcome.answer().orElseThrow().location()).contains("/api/v1/operations/7");
        assertThat(outcome.repeated()).isTrue();
        assertThat(keys).containsExactly("key-1");
        assertThat(ledger.answers().repeated()).isEqualTo(1);
    }

    @Test
    void anAnswerWithoutALossIsCertain() throws Exception {
        script.addAll(List.of(503, 409));
        RetryingCaller.RetriedOutcome outcome = persistent(1).ask(REQUEST);
        assertThat(outcome.answer().orElseThrow().status()).isEqualTo(409);
        assertThat(outcome.repeated()).isFalse();
    }

    @Test
    void whoGivesUpDoesNotKnow() throws Exception {
        script.add(DIES);
        RetryingCaller.RetriedOutcome outcome = persistent(1).ask(REQUEST);
        assertThat(outcome.answer()).isEmpty();
        assertThat(ledger.answers().abandoned()).isEqualTo(1);
    }

    private RetryingCaller persistent(double givesUp) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new RetryingCaller(new ServerApi(url), ledger, new Random(1), givesUp, Duration.ofMinutes(3));
    }
}
