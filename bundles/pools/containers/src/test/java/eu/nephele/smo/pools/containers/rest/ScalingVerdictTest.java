// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.pools.containers.Texts;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.rest.ScalingVerdict.ScalingSituation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the original, one after the other: one step per cycle, at 75 and 25 per cent, from 1 to 4 containers. */
class ScalingVerdictTest {

    private static ServiceEntry service(String lines) {
        return Texts.read(Texts.service(lines)).service("web").orElseThrow();
    }

    private static ScalingSituation at(int replicas, double cpu) {
        return new ScalingSituation(
                OptionalInt.of(replicas), false, Optional.empty(), Duration.ZERO, true, OptionalDouble.of(cpu));
    }

    private static String judge(ServiceEntry service, ScalingSituation now) {
        ScalingVerdict verdict = ScalingVerdict.judge(service, now);
        return "%s %d %d".formatted(verdict.rule().word(), verdict.from(), verdict.to());
    }

    @ParameterizedTest
    @CsvSource({
        "2, 75, scale_up_threshold 2 3",
        "2, 74.9, between_thresholds 2 2",
        "4, 99, scale_up_threshold 4 4",
        "2, 25, scale_down_threshold 2 1",
        "1, 25, scale_down_threshold 1 1",
        "2, 0, scale_down_threshold 2 2",
        "2, 25.1, between_thresholds 2 2"
    })
    void oneStepAtEachThresholdWithinTheBounds(int replicas, double cpu, String verdict) {
        assertThat(judge(service(""), at(replicas, cpu))).isEqualTo(verdict);
    }

    @Test
    void whatBlocksIsSaidFirst() {
        ServiceEntry web = service("");
        OptionalInt two = OptionalInt.of(2);
        OptionalDouble busy = OptionalDouble.of(90);
        Optional<ReplicaHold> hold = Optional.of(new ReplicaHold(3, Optional.of(Instant.EPOCH)));
        Duration rest = Duration.ofSeconds(7);
        assertThat(judge(web, new ScalingSituation(OptionalInt.empty(), true, hold, rest, false, busy)))
                .isEqualTo("not_deployed 0 0");
        assertThat(judge(web, new ScalingSituation(two, true, hold, rest, false, busy)))
                .isEqualTo("paused 2 2");
        assertThat(judge(web, new ScalingSituation(two, false, hold, rest, false, busy)))
                .isEqualTo("held 2 3");
        assertThat(judge(web, new ScalingSituation(two, false, Optional.empty(), rest, false, busy)))
                .isEqualTo("business_hours 2 2");
        assertThat(judge(web, new ScalingSituation(two, false, Optional.empty(), rest, true, busy)))
                .isEqualTo("cooldown 2 2");
        assertThat(ScalingVerdict.judge(web, new ScalingSituation(two, false, Optional.empty(), rest, true, busy))
                        .reason())
                .contains("7 s");
        assertThat(judge(
                        web,
                        new ScalingSituation(
                                two, false, Optional.empty(), Duration.ZERO, true, OptionalDouble.empty())))
                .isEqualTo("no_sample 2 2");
    }

    @Test
    void outsideOfItsHoursAServiceGoesToItsNumberOfThen() {
        ScalingSituation closed = new ScalingSituation(
                OptionalInt.of(2), false, Optional.empty(), Duration.ZERO, false, OptionalDouble.of(90));
        assertThat(judge(service("replicas_at_window_end: 0"), closed)).isEqualTo("business_hours 2 0");
        assertThat(judge(service("business_hours_only: false"), closed)).isEqualTo("scale_up_threshold 2 3");
    }

    @Test
    void anotherStrategyDecidesByItself() {
        assertThat(judge(service("scaling: { strategy: threshold }"), at(2, 90)))
                .isEqualTo("strategy 2 2");
        assertThat(ScalingVerdict.judge(service("scaling: { strategy: threshold }"), at(2, 90))
                        .reason())
                .contains("strategy threshold");
    }
}
