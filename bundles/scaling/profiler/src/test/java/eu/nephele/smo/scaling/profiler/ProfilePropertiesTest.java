// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class ProfilePropertiesTest {

    private static final double[] STRANGE = {
        Double.NaN, Double.POSITIVE_INFINITY, -1, 0, 1e-300, 1e300, 0.5, 1, 7, 1000, Double.MIN_VALUE
    };

    @Property(tries = 200)
    void anotherUnitOfRatesIsTheSameUnitOfCoefficients(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 1000) double factor) {
        List<ProfileSample> samples = new GeneratedLoad(10, -4, 0.05, seed).withProcessor(0, GeneratedLoad.HOUR);
        List<ProfileSample> scaled = samples.stream()
                .map(sample -> ProfileSample.of(sample.at(), sample.replicas(), factor * sample.handledPerSecond())
                        .withUtilisation(sample.utilisation()))
                .toList();
        ProfileEstimator estimator = new ProfileEstimator(GeneratedLoad.LIVE);
        CapacityLine line = estimator.fit(samples).profile().orElseThrow().line();
        CapacityLine other = estimator.fit(scaled).profile().orElseThrow().line();
        assertThat(other.alpha()).isCloseTo(factor * line.alpha(), within(1e-4 * factor * 10));
        assertThat(other.beta()).isCloseTo(factor * line.beta(), within(1e-3 * factor * 10));
    }

    /** Whatever a metrics system says, nothing is thrown, and nothing is proposed that is not finite and growing. */
    @Property(tries = 500)
    void nothingStrangeIsProposed(@ForAll long seed) {
        Random random = new Random(seed);
        List<ProfileSample> samples = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            samples.add(new ProfileSample(
                    GeneratedLoad.at(i + random.nextInt(5)),
                    random.nextInt(4) - 1,
                    strange(random),
                    strange(random),
                    strange(random),
                    strange(random)));
        }
        ProfileLearner learner = new ProfileLearner(GeneratedLoad.LIVE, Duration.ofHours(1));
        samples.forEach(learner::observe);
        for (ProfileFit fit : List.of(
                learner.fit(),
                new ProfileEstimator(GeneratedLoad.LIVE).fit(samples),
                new ProfileEstimator(FitSettings.loadTest(true)).fit(samples))) {
            assertThat(fit.reason()).isNotBlank();
            fit.proposed().ifPresent(profile -> {
                assertThat(profile.line().alpha()).isPositive().isFinite();
                assertThat(profile.line().beta()).isFinite();
                assertThat(profile.quality().capacityError()).isBetween(0.0, 0.1);
            });
        }
    }

    private static double strange(Random random) {
        return random.nextInt(3) == 0 ? STRANGE[random.nextInt(STRANGE.length)] : 10 * random.nextDouble();
    }

    @Property(tries = 100)
    void aFifthOfAllSamplesWrongDoesNotMoveTheCapacityByMoreThanATenth(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 50) double wrong) {
        Random random = new Random(seed);
        List<ProfileSample> samples = new GeneratedLoad(10, -4, 0.05, seed)
                .withProcessor(0, 2 * GeneratedLoad.HOUR).stream()
                        .map(sample -> random.nextInt(5) > 0
                                ? sample
                                : ProfileSample.of(sample.at(), sample.replicas(), wrong * sample.handledPerSecond())
                                        .withUtilisation(sample.utilisation()))
                        .toList();
        CapacityLine line = new ProfileEstimator(GeneratedLoad.LIVE)
                .fit(samples)
                .profile()
                .orElseThrow()
                .line();
        assertThat(line.at(3)).isCloseTo(26, within(2.6));
    }
}
