// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.Delivery.DeliveryState;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.events.webhooks.DeliveryOutcome.DeliveryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryRuleTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration YOUNG = Duration.ofMinutes(1);
    private static final RetryRule RULE =
            new RetryRule(Duration.ofSeconds(1), 2, Duration.ofMinutes(10), 24, Duration.ofHours(24));

    private static Delivery delivery(int attempts) {
        EventDraft draft = new EventDraft(
                "hdag.started", NOW, Optional.empty(), Optional.empty(), 0, Optional.empty(), "", "", JsonObject.EMPTY);
        return new Delivery(
                "w", new StoredEvent("id", 7, draft), DeliveryState.WAITING, attempts, NOW, Optional.empty(), 0, "");
    }

    @ParameterizedTest(name = "after {0} failures {1} s")
    @CsvSource({"1, 1", "2, 2", "3, 4", "10, 512", "11, 600", "23, 600"})
    void pausesDoubleUpToTheLongest(int attempts, long seconds) {
        assertThat(RULE.pause(attempts, DeliveryOutcome.failed("no"), 0)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest(name = "asked for {0} s after {1} failures: {2} s")
    @CsvSource({"30, 1, 30", "1, 6, 32", "100000, 1, 600"})
    void aReceiverCanAskForMoreButNotForLessNorForEver(long asked, int attempts, long seconds) {
        DeliveryOutcome outcome =
                new DeliveryOutcome(DeliveryResult.FAILED, 503, "busy", Optional.of(Duration.ofSeconds(asked)));
        assertThat(RULE.pause(attempts, outcome, 0)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Property
    void everyPauseIsPositiveAndAtMostTheLongest(
            @ForAll @IntRange(min = 1, max = 1000) int attempts,
            @ForAll @DoubleRange(min = 0, max = 1) double chance,
            @ForAll @LongRange(min = 0, max = 1_000_000) long asked) {
        Duration own = RULE.pause(attempts, DeliveryOutcome.failed("no"), chance);
        Duration wanted = RULE.pause(
                attempts,
                new DeliveryOutcome(DeliveryResult.FAILED, 429, "", Optional.of(Duration.ofSeconds(asked))),
                chance);

        assertThat(own).isPositive().isLessThanOrEqualTo(RULE.longest());
        assertThat(own).isLessThanOrEqualTo(RULE.pause(attempts, DeliveryOutcome.failed("no"), 0));
        assertThat(wanted).isBetween(own, RULE.longest());
    }

    @Test
    void aFailureWaitsForItsPause() {
        Delivery after = RULE.after(delivery(2), DeliveryOutcome.failed(500, "it broke"), NOW, YOUNG, 0);
        assertThat(after)
                .isEqualTo(new Delivery(
                        "w",
                        delivery(0).event(),
                        DeliveryState.WAITING,
                        3,
                        NOW.plusSeconds(4),
                        Optional.empty(),
                        500,
                        "it broke"));
    }

    @ParameterizedTest(name = "attempt {0} of an event {1} h old: {2}")
    @CsvSource({"23, 1, WAITING", "24, 1, DEAD", "1, 23, WAITING", "1, 24, DEAD"})
    void tooManyAttemptsOrTooOldIsDead(int attempt, long hours, DeliveryState expected) {
        Delivery after =
                RULE.after(delivery(attempt - 1), DeliveryOutcome.failed("no"), NOW, Duration.ofHours(hours), 0.5);
        assertThat(after.state()).isEqualTo(expected);
        assertThat(after.finishedAt().isPresent()).isEqualTo(expected == DeliveryState.DEAD);
    }

    @Test
    void whatIsDeliveredIsDoneHoweverOldItIs() {
        Delivery after = RULE.after(delivery(23), DeliveryOutcome.delivered(202), NOW, Duration.ofDays(9), 0);
        assertThat(after.state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(after.lastStatus()).isEqualTo(202);
        assertThat(after.finishedAt()).contains(NOW);
    }

    @Test
    void anEventForAReceiverThatIsGoneWaitsWhateverTheRuleSays() {
        DeliveryOutcome gone = new DeliveryOutcome(DeliveryResult.GONE, 410, "gone", Optional.empty());
        assertThat(RULE.after(delivery(99), gone, NOW, Duration.ofDays(9), 0).state())
                .isEqualTo(DeliveryState.WAITING);
    }

    @Test
    void aLongErrorIsCut() {
        assertThat(RULE.after(delivery(0), DeliveryOutcome.failed("x".repeat(9999)), NOW, YOUNG, 0)
                        .lastError())
                .hasSize(500);
    }
}
