// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.attack.AttackFinding.AttackKind;
import eu.nephele.smo.lab.harness.attack.Cases.Case;
import eu.nephele.smo.lab.harness.attack.Shot.Demand;
import eu.nephele.smo.lab.harness.server.RawResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponseJudgeTest {

    private static final String PROBLEM = "application/problem+json";

    @Test
    void aRefusalAsAProblemIsFine() {
        assertThat(judged(Demand.REFUSAL, answer(400, Map.of("content-type", PROBLEM), "{\"status\":400}")))
                .isEmpty();
        assertThat(judged(Demand.ANSWER, answer(200, Map.of(), "anything"))).isEmpty();
        assertThat(judged(Demand.ANSWER, answer(404, Map.of(), ""))).isEmpty();
    }

    @Test
    void overloadIsFineOnlyWhenItSaysWhenToComeBack() {
        Map<String, String> headers = Map.of("content-type", PROBLEM, "retry-after", "1");
        assertThat(judged(Demand.ANSWER, answer(503, headers, "{\"status\":503}")))
                .isEmpty();
        assertThat(judged(Demand.ANSWER, answer(503, Map.of("content-type", PROBLEM), "{\"status\":503}")))
                .hasValue(AttackKind.SERVER_ERROR);
    }

    @Test
    void anyOther5xxIsAServerError() {
        Map<String, String> headers = Map.of("content-type", PROBLEM, "retry-after", "1");
        assertThat(judged(Demand.END, answer(500, headers, "{\"status\":500}"))).hasValue(AttackKind.SERVER_ERROR);
        assertThat(judged(Demand.END, answer(501, headers, "{\"status\":501}"))).hasValue(AttackKind.SERVER_ERROR);
        assertThat(judged(Demand.END, answer(505, headers, "{\"status\":505}"))).hasValue(AttackKind.SERVER_ERROR);
    }

    @Test
    void aPageIsNoProblemAndNeitherIsOneOfAnotherStatus() {
        assertThat(judged(Demand.ANSWER, answer(400, Map.of("content-type", "text/html"), "<p>")))
                .hasValue(AttackKind.WRONG_ANSWER);
        assertThat(judged(Demand.ANSWER, answer(400, Map.of("content-type", PROBLEM), "{\"status\":404}")))
                .hasValue(AttackKind.WRONG_ANSWER);
        assertThat(judged(Demand.ANSWER, answer(400, Map.of("content-type", PROBLEM), "{")))
                .hasValue(AttackKind.WRONG_ANSWER);
    }

    @Test
    void whatIsToBeRefusedIsNotTaken() {
        assertThat(judged(Demand.REFUSAL, answer(202, Map.of(), ""))).hasValue(AttackKind.WRONG_ANSWER);
    }

    @Test
    void whatIsGuardedAnswersNothingButNo() {
        for (int status : List.of(400, 401, 403)) {
            assertThat(judged(
                            Demand.DENIAL,
                            answer(status, Map.of("content-type", PROBLEM), "{\"status\":%d}".formatted(status))))
                    .isEmpty();
        }
        for (int status : List.of(200, 404, 409, 422)) {
            assertThat(judged(
                            Demand.DENIAL,
                            answer(status, Map.of("content-type", PROBLEM), "{\"status\":%d}".formatted(status))))
                    .as("a handler has looked at it")
                    .hasValue(AttackKind.WRONG_ANSWER);
        }
    }

    @Test
    void noAnswerIsFineOnlyWhereTheRequestIsNone() {
        assertThat(judged(Demand.END, ShotOutcome.none("EOFException", 1))).isEmpty();
        assertThat(judged(Demand.ANSWER, ShotOutcome.none("EOFException", 1))).hasValue(AttackKind.UNANSWERED);
        assertThat(judged(Demand.END, ShotOutcome.none("java.net.SocketTimeoutException", 1)))
                .hasValue(AttackKind.UNANSWERED);
    }

    private static ShotOutcome answer(int status, Map<String, String> headers, String body) {
        return ShotOutcome.of(new RawResponse(status, headers, body), 1);
    }

    private static Optional<AttackKind> judged(Demand demand, ShotOutcome outcome) {
        Case it = new Case(1, "path", Shot.create("x", "GET", demand, new byte[0]));
        return new ResponseJudge().finding(it, outcome).map(AttackFinding::kind);
    }
}
