// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VerificationTurnTest {

    @Test
    void oneIsVerifiedAtATimeAndNobodyWaitsForLong() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        VerificationTurn turn = new VerificationTurn(
                record -> {
                    begun.countDown();
                    await(goOn);
                    return JsonObject.EMPTY;
                },
                Duration.ofMillis(20));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<JsonObject> first = other.submit(() -> turn.verify(record()));
            await(begun);
            assertThatThrownBy(() -> turn.verify(record()))
                    .isInstanceOfSatisfying(
                            SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE));
            goOn.countDown();
            assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo(JsonObject.EMPTY);
            assertThat(turn.verify(record())).isEqualTo(JsonObject.EMPTY);
        } finally {
            goOn.countDown();
            other.shutdownNow();
        }
    }

    @Test
    void theTurnEndsAlsoWhenTheVerificationFails() {
        VerificationTurn turn = new VerificationTurn(
                record -> {
                    throw new IllegalStateException("broken");
                },
                Duration.ofMillis(20));
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> turn.verify(record())).hasMessage("broken");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static DecisionRecord record() {
        return new DecisionRecord(
                "d1",
                DecisionKind.PLACEMENT,
                new GraphId("p", "g"),
                1,
                Instant.EPOCH,
                "deploy",
                new DecisionRecord.Strategy("auto", "1.0.0"),
                "placed",
                false,
                Duration.ZERO,
                Optional.empty(),
                JsonObject.EMPTY);
    }
}
