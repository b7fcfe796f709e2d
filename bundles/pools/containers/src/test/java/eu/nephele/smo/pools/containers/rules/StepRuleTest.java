// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.pools.containers.Texts;
import eu.nephele.smo.pools.containers.rules.StepRule.StepAction;
import eu.nephele.smo.pools.containers.rules.StepRule.StepDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the autoscaler of the file's origin decides, case by case: 1 to 4 replicas, 75 % up, 25 % down, 60 s, 09:00 to 17:00 UTC. */
class StepRuleTest {

    private static final StepRule RULE =
            new StepRule(Texts.read(Texts.LEAST).services().get(0));

    @ParameterizedTest(name = "{0} replicas, CPU {1} %, last {2} s ago, {3}: {4}, {5}")
    @CsvSource({
        "2, 75.0, , 12:00, UP, CPU 75.0% >= 75%",
        "2, 74.9, , 12:00, NONE, CPU 74.9% between 25% and 75%",
        "2, 312.5, , 12:00, UP, CPU 312.5% >= 75%",
        "4, 90.0, , 12:00, NONE, 'CPU 90.0% >= 75%, at max_replicas 4'",
        "5, 90.0, , 12:00, NONE, 'CPU 90.0% >= 75%, at max_replicas 5'",
        "0, 75.0, , 12:00, UP, CPU 75.0% >= 75%",
        "2, 25.0, , 12:00, DOWN, CPU 25.0% <= 25%",
        "2, 25.1, , 12:00, NONE, CPU 25.1% between 25% and 75%",
        "2, 0.1, , 12:00, DOWN, CPU 0.1% <= 25%",
        "2, 0.0, , 12:00, NONE, CPU 0.0% between 25% and 75%",
        "1, 10.0, , 12:00, NONE, 'CPU 10.0% <= 25%, at min_replicas 1'",
        "2, 90.0, 59, 12:00, NONE, cooldown: 1 s left",
        "2, 90.0, 0, 12:00, NONE, cooldown: 60 s left",
        "2, 90.0, 60, 12:00, UP, CPU 90.0% >= 75%",
        "2, 90.0, , 08:59, NONE, outside of the business hours",
        "2, 90.0, , 09:00, UP, CPU 90.0% >= 75%",
        "2, 90.0, , 17:00, NONE, outside of the business hours",
        "2, 90.0, 10, 18:00, NONE, cooldown: 50 s left",
    })
    void oneStepAtATime(int count, double cpu, Long secondsAgo, String clock, StepAction action, String reason) {
        Instant now = Instant.parse("2026-05-09T" + clock + ":00Z");
        Optional<Instant> last = Optional.ofNullable(secondsAgo).map(now::minusSeconds);
        assertThat(RULE.decide(count, cpu, now, last)).isEqualTo(new StepDecision(action, reason));
    }

    @Test
    void withoutBusinessHoursItScalesAtNight() {
        StepRule always = new StepRule(
                Texts.read(Texts.service("business_hours_only: false")).services().get(0));
        assertThat(always.decide(1, 80, Instant.parse("2026-05-09T03:00:00Z"), Optional.empty())
                        .action())
                .isEqualTo(StepAction.UP);
    }

    @ParameterizedTest(name = "{0} replicas, {1}: {2}, {3}")
    @CsvSource({
        "1, UP, UP, manual scale up",
        "4, UP, NONE, at max_replicas 4",
        "2, DOWN, DOWN, manual scale down",
        "1, DOWN, NONE, at min_replicas 1",
    })
    void byHandOnlyTheBoundsCount(int count, StepAction wanted, StepAction action, String reason) {
        assertThat(RULE.byHand(count, wanted)).isEqualTo(new StepDecision(action, reason));
    }

    @Test
    void theMeanIsOverContainersWithAReading() {
        CpuUse quarter = new CpuUse(25, 400, 4);
        CpuUse two = new CpuUse(200, 400, 4);
        assertThat(quarter.percent()).hasValue(25);
        assertThat(two.percent()).hasValue(200);
        assertThat(CpuUse.mean(List.of(Optional.of(quarter), Optional.empty(), Optional.of(two))))
                .isCloseTo(112.5, within(1e-9));
        assertThat(CpuUse.mean(List.of())).isZero();
        assertThat(CpuUse.mean(List.of(Optional.empty()))).isZero();
    }

    /** A container that was started again counts from nothing, and an engine that does not answer twice has no difference. */
    @Test
    void readingsThatDoNotFitTogetherAreNone() {
        assertThat(new CpuUse(-1, 400, 4).percent()).isEmpty();
        assertThat(new CpuUse(1, 0, 4).percent()).isEmpty();
        assertThat(new CpuUse(1, 400, 0).percent()).isEmpty();
        assertThat(CpuUse.mean(List.of(Optional.of(new CpuUse(1, 0, 4)), Optional.of(new CpuUse(50, 100, 1)))))
                .isEqualTo(50);
    }
}
