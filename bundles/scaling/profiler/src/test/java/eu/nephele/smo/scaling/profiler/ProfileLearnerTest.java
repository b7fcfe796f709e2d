// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import static eu.nephele.smo.scaling.profiler.GeneratedLoad.HOUR;
import static eu.nephele.smo.scaling.profiler.GeneratedLoad.LIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.scaling.profiler.ProfileFit.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileLearnerTest {

    private static final int QUARTER = HOUR / 4;

    private final ProfileLearner learner = new ProfileLearner(LIVE, Duration.ofHours(24));

    private void observe(List<ProfileSample> samples) {
        samples.forEach(learner::observe);
    }

    private static List<ProfileSample> load(double factor, int from, int to) {
        return new GeneratedLoad(10 * factor, -4 * factor, 0.05, from + 1).withProcessor(from, to);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 1.4})
    void fifteenMinutesAfterAChangeTheNewCapacityIsKnownAndTheOldSamplesAreGone(double factor) {
        observe(load(1, 0, 2 * HOUR));
        assertThat(learner.changedSince()).isEmpty();
        observe(load(factor, 2 * HOUR, 2 * HOUR + QUARTER));
        assertThat(learner.changedSince().orElseThrow())
                .isBetween(GeneratedLoad.at(2 * HOUR - 8), GeneratedLoad.at(2 * HOUR + 20));
        CapacityLine line = learner.fit().proposed().orElseThrow().line();
        for (int replicas = 1; replicas <= 6; replicas++) {
            double capacity = factor * (10 * replicas - 4);
            assertThat(line.at(replicas)).isCloseTo(capacity, within(0.05 * capacity));
        }
    }

    @Test
    void aSteadyServiceIsNotTakenForAChangedOneInAWeek() {
        for (int hour = 0; hour < 7 * 24; hour++) {
            observe(load(1, hour * HOUR, (hour + 1) * HOUR));
        }
        assertThat(learner.changedSince()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 10})
    void servicesThatAreMeasuredAtTheSameMomentsAreEvidenceEach(int services) {
        List<List<ProfileSample>> each = IntStream.range(0, services)
                .mapToObj(service -> new GeneratedLoad(10, -4, 0.05, service).withProcessor(0, 2 * HOUR))
                .toList();
        for (int step = 0; step < 2 * HOUR; step++) {
            for (int service = 0; service < services; service++) {
                learner.observe("service " + service, each.get(service).get(step));
            }
        }
        assertThat(learner.fit().proposed().orElseThrow().line().alpha()).isCloseTo(10, within(0.5));
    }

    @Test
    void oneWildSampleIsNoChange() {
        observe(load(1, 0, 2 * HOUR));
        learner.observe(ProfileSample.of(GeneratedLoad.at(2 * HOUR), 1, 60).withUtilisation(1));
        observe(load(1, 2 * HOUR + 1, 2 * HOUR + QUARTER));
        assertThat(learner.changedSince()).isEmpty();
    }

    @Test
    void ratesByTheMinuteInsteadOfTheSecondAreNotProposed() {
        observe(load(1, 0, 2 * HOUR));
        observe(load(60, 2 * HOUR, 3 * HOUR));
        assertThat(learner.fit().verdict()).isEqualTo(Verdict.UNIT);
        assertThat(learner.fit().proposed()).isEmpty();
    }

    @Test
    void aNewVersionBeginsWithTheShapeOfTheFormer() {
        ProfileLearner next = new ProfileLearner(LIVE, Duration.ofHours(24), Optional.of(new CapacityLine(10, -4)));
        new GeneratedLoad(7, -2.8, 0.05, 3)
                .withProcessor(0, HOUR).stream()
                        .filter(sample -> sample.replicas() == 2)
                        .forEach(next::observe);
        CapacityLine line = next.fit().proposed().orElseThrow().line();
        assertThat(line.at(2)).isCloseTo(11.2, within(0.56));
        assertThat(line.beta() / line.alpha()).isCloseTo(-0.4, within(1e-9));
    }

    @Test
    void aShapeThatDoesNotFitAnyMoreIsGivenUp() {
        ProfileLearner next = new ProfileLearner(LIVE, Duration.ofHours(24), Optional.of(new CapacityLine(10, -4)));
        new GeneratedLoad(5, 12, 0.05, 4).withProcessor(0, 2 * HOUR).forEach(next::observe);
        CapacityLine line = next.fit().proposed().orElseThrow().line();
        assertThat(line.alpha()).isCloseTo(5, within(0.25));
        assertThat(line.beta()).isCloseTo(12, within(1.0));
    }

    @Test
    void aClockThatIsSetBackDoesNotEndLearning() {
        observe(load(1, 100 * HOUR, 100 * HOUR + 10));
        observe(load(1, 0, 2 * HOUR));
        assertThat(learner.fit().proposed()).isPresent();
    }

    @Test
    void whatIsOlderThanTheMemoryDoesNotCount() {
        observe(load(1, 0, 2 * HOUR));
        learner.observe(ProfileSample.of(GeneratedLoad.at(30 * HOUR), 2, 15).withUtilisation(0.95));
        assertThat(learner.fit().verdict()).isEqualTo(Verdict.NOT_ENOUGH_LOAD);
    }

    @Test
    void theSameSamplesGiveTheSameResult() {
        ProfileLearner other = new ProfileLearner(LIVE, Duration.ofHours(24));
        observe(load(1, 0, 2 * HOUR));
        load(1, 0, 2 * HOUR).forEach(other::observe);
        assertThat(other.fit()).isEqualTo(learner.fit());
    }
}
