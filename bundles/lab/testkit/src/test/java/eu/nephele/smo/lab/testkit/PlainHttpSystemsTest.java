// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSystem;
import eu.nephele.smo.lab.testkit.OutsideSystem.Reply;
import eu.nephele.smo.lab.testkit.OutsideSystem.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainHttpSystemsTest {

    private static final HttpCall CALL = HttpCall.of("GET", "/x?y=1", "Ask");

    private final OutsideSystem outside = OutsideSystem.answering(request -> Reply.text("fine"));
    private final HttpSystem system = new PlainHttpSystems().open(outside.settings("memory"));

    @AfterEach
    void everythingEnds() {
        system.close();
        outside.close();
    }

    private void fails(Kind kind, HttpCall call) {
        assertThatThrownBy(() -> system.send(call)).isInstanceOfSatisfying(AdapterException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.system()).isEqualTo("memory");
            assertThat(failure).hasMessageStartingWith("Ask");
        });
    }

    @Test
    void whatIsSentArrivesAndWhatIsAnsweredComesBack() {
        HttpAnswer answer =
                system.send(HttpCall.of("POST", "/x?y=1", "Ask").json("{}").anyText());
        assertThat(answer.body()).isEqualTo("fine");
        assertThat(answer.header("Content-Type")).contains("text/plain");
        assertThat(outside.requests()).containsExactly(new Request("POST", "/x?y=1", "{}"));
    }

    @ParameterizedTest
    @CsvSource({
        "302, REFUSED",
        "401, REFUSED",
        "404, NOT_FOUND",
        "408, TIMED_OUT",
        "409, CONFLICT",
        "412, CONFLICT",
        "422, REFUSED",
        "429, UNAVAILABLE",
        "500, UNAVAILABLE",
        "504, TIMED_OUT"
    })
    void aStatusIsOfTheKindThatTheServerMakesOfIt(int status, Kind kind) {
        outside.fails(status);
        fails(kind, CALL);
        assertThat(system.send(CALL.expecting(status)).status()).isEqualTo(status);
    }

    @Test
    void anAnswerThatIsNoJsonOrTooLongIsRefused() {
        fails(Kind.REFUSED, CALL);
        outside.answers(request -> Reply.text("x".repeat(2 << 20)));
        fails(Kind.REFUSED, CALL.anyText());
    }

    @Test
    void aSystemThatHangsOrIsAwayIsReportedInTime() {
        outside.hangs();
        fails(Kind.TIMED_OUT, CALL);
        outside.close();
        fails(Kind.UNAVAILABLE, CALL);
    }
}
