// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

    private static final long MILLI = 1_000_000;
    private static final RequestTally.ResponseClass TAKEN = new RequestTally.ResponseClass(202, false, "");

    /** Time that advances only by waits. */
    private static final class PlayedTime implements OpenLoop.Pace {

        private long now;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void until(long nanos) {
            now = Math.max(now, nanos);
        }
    }

    private final PlayedTime time = new PlayedTime();
    private final List<String> sent = new ArrayList<>();

    @Test
    void aRequestBehindASlowOneHasWaitedFromTheMomentItWasDue() throws Exception {
        // the first takes a second, in which nine further ones are due
        OpenLoop loop = loop(httpRequestSpec -> {
            time.now += httpRequestSpec.path().equals("0") ? 1_000 * MILLI : 0;
            return CompletableFuture.completedFuture(TAKEN);
        });

        RequestTally tally = loop.run(List.of(stream("get", 10)), 1).first();

        assertThat(tally.taken()).isEqualTo(10);
        assertThat(tally.latencies().millis(1)).isEqualTo(1000);
        // due at 50, 150, … ms; all but the first are sent at 1050 ms
        assertThat(tally.latencies().millis(0.5)).isEqualTo(500);
        assertThat(tally.latencies().millis(0.1)).isEqualTo(100);
    }

    @Test
    void requestsAreSentAtTheirRateHoweverLateAnswersAre() throws Exception {
        List<Runnable> answers = new ArrayList<>();
        OpenLoop loop = new OpenLoop(
                httpRequestSpec -> {
                    CompletableFuture<RequestTally.ResponseClass> answer = new CompletableFuture<>();
                    answers.add(() -> answer.complete(TAKEN));
                    sent.add(httpRequestSpec.path() + "@" + time.now / MILLI);
                    if (answers.size() == 4) {
                        answers.forEach(Runnable::run);
                    }
                    return answer;
                },
                time,
                10);

        RequestTally tally = loop.run(List.of(stream("get", 4)), 1).first();

        assertThat(sent).containsExactly("0@125", "1@375", "2@625", "3@875");
        assertThat(tally.latencies().millis(1)).isEqualTo(750);
    }

    @Test
    void streamsAreMixedByTheirRates() throws Exception {
        OpenLoop loop = loop(httpRequestSpec -> CompletableFuture.completedFuture(TAKEN));

        RequestTallies tallies = loop.run(List.of(stream("get", 6), stream("page", 2)), 2);

        assertThat(tallies.tallies().get(0).taken()).isEqualTo(12);
        assertThat(tallies.tallies().get(1).taken()).isEqualTo(4);
        assertThat(sent).hasSize(16);
    }

    @Test
    void whatIsPutOffAndWhatIsNotAnsweredIsCountedAndTold() throws Exception {
        List<RequestTally.ResponseClass> answers = List.of(
                TAKEN,
                new RequestTally.ResponseClass(429, true, ""),
                new RequestTally.ResponseClass(503, false, ""),
                new RequestTally.ResponseClass(500, false, "a defect"));
        List<String> told = new ArrayList<>();
        OpenLoop loop = loop(httpRequestSpec -> {
            int number = Integer.parseInt(httpRequestSpec.path());
            return number < answers.size()
                    ? CompletableFuture.completedFuture(answers.get(number))
                    : CompletableFuture.failedFuture(new IOException("cut off"));
        });

        RequestTally tally = loop.run(
                        List.of(new OpenLoop.Stream(
                                "get",
                                5,
                                number -> ClosedLoop.HttpRequestSpec.get(Integer.toString(number)),
                                (number, ending) -> told.add(number + " " + ending))),
                        1)
                .first();

        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        tally.into(figures);
        assertThat(told).containsExactly("0 TAKEN", "1 REFUSED", "2 REFUSED", "3 FAILED", "4 FAILED");
        assertThat(figures.path("calls").asInt()).isEqualTo(1);
        assertThat(figures.path("refused").asInt()).isEqualTo(2);
        assertThat(figures.path("refusedWithoutRetryAfter").asInt()).isEqualTo(1);
        assertThat(figures.path("failedCalls").asInt()).isEqualTo(2);
        assertThat(figures.path("firstFailure").asText()).isEqualTo("500 a defect");
        assertThat(tally.count()).isEqualTo(5);
    }

    private OpenLoop loop(OpenLoop.LoadTarget target) {
        return new OpenLoop(
                httpRequestSpec -> {
                    sent.add(httpRequestSpec.path());
                    return target.send(httpRequestSpec);
                },
                time,
                100);
    }

    private static OpenLoop.Stream stream(String kind, double perSecond) {
        return new OpenLoop.Stream(kind, perSecond, number -> ClosedLoop.HttpRequestSpec.get(Integer.toString(number)));
    }
}
