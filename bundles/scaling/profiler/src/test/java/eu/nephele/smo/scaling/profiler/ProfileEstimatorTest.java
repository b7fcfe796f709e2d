// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import static eu.nephele.smo.scaling.profiler.GeneratedLoad.HOUR;
import static eu.nephele.smo.scaling.profiler.GeneratedLoad.LIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.scaling.profiler.ProfileFit.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileEstimatorTest {

    private final ProfileEstimator estimator = new ProfileEstimator(LIVE);

    private static void holds(ProfileFit fit, double alpha, double beta) {
        assertThat(fit.verdict()).as(fit.reason()).isEqualTo(Verdict.LEARNED);
        CapacityLine line = fit.proposed().orElseThrow().line();
        assertThat(line.alpha()).isCloseTo(alpha, within(0.05 * alpha));
        assertThat(line.beta()).isCloseTo(beta, within(0.1 * alpha));
        for (int replicas = 1; replicas <= 6; replicas++) {
            double capacity = alpha * replicas + beta;
            assertThat(line.at(replicas)).isCloseTo(capacity, within(0.05 * capacity));
        }
    }

    @ParameterizedTest
    @CsvSource({"33.33, -16.66", "0.533, -0.216", "1.67, -0.01", "10, 4"})
    void knownCoefficientsAreRecoveredFromTwoHoursWithProcessorUse(double alpha, double beta) {
        holds(estimator.fit(new GeneratedLoad(alpha, beta, 0.05, 1).withProcessor(0, 2 * HOUR)), alpha, beta);
    }

    @Test
    void knownCoefficientsAreRecoveredWhereLatencyBends() {
        holds(estimator.fit(new GeneratedLoad(10, -4, 0.05, 2).withLatency(0, 2 * HOUR)), 10, -4);
    }

    @Test
    void knownCoefficientsAreRecoveredWhereRequestsAreLeftUnserved() {
        holds(estimator.fit(new GeneratedLoad(10, -4, 0.02, 3).withOffered(0, 2 * HOUR)), 10, -4);
    }

    @Test
    void replicasThatFollowTheLoadSayNothingAboutCapacity() {
        ProfileFit fit = estimator.fit(new GeneratedLoad(10, -4, 0.02, 4).scaledToSeventyPerCent(2 * HOUR));
        assertThat(fit.verdict()).isEqualTo(Verdict.NOT_ENOUGH_LOAD);
        assertThat(fit.reason()).startsWith("Not enough load seen: 0 of 480 samples");
        assertThat(fit.proposed()).isEmpty();
    }

    @Test
    void latencyThatBendsWhileTheProcessorIsIdleIsTheFaultOfSomethingElse() {
        List<ProfileSample> samples = new GeneratedLoad(10, 0, 0.02, 5)
                .withLatency(0, HOUR).stream()
                        .map(sample -> sample.withUtilisation(0.2))
                        .toList();
        assertThat(estimator.fit(samples).verdict()).isEqualTo(Verdict.NOT_ENOUGH_LOAD);
    }

    @Test
    void aTenthOfTheSamplesTenTimesTooHighHardlyMattersAndOneNotAtAll() {
        List<ProfileSample> samples = new ArrayList<>(new GeneratedLoad(10, -4, 0.05, 6).withProcessor(0, 2 * HOUR));
        CapacityLine clean = estimator.fit(samples).proposed().orElseThrow().line();
        tenfold(samples, 100);
        CapacityLine one = estimator.fit(samples).proposed().orElseThrow().line();
        assertThat(one.alpha()).isCloseTo(clean.alpha(), within(0.005 * clean.alpha()));
        for (int i = 5; i < samples.size(); i += 10) {
            tenfold(samples, i);
        }
        holds(estimator.fit(samples), 10, -4);
    }

    private static void tenfold(List<ProfileSample> samples, int at) {
        ProfileSample sample = samples.get(at);
        samples.set(
                at,
                ProfileSample.of(sample.at(), sample.replicas(), 10 * sample.handledPerSecond())
                        .withUtilisation(sample.utilisation()));
    }

    @Test
    void whatIsNoNumberDoesNotCount() {
        List<ProfileSample> samples = new ArrayList<>();
        for (ProfileSample sample : new GeneratedLoad(10, -4, 0.05, 7).withProcessor(0, 2 * HOUR)) {
            samples.add(sample);
            for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
                samples.add(ProfileSample.of(sample.at().plusSeconds(1), sample.replicas(), wrong)
                        .withUtilisation(1));
            }
            samples.add(ProfileSample.of(sample.at().plusSeconds(2), 0, 50).withUtilisation(1));
        }
        holds(estimator.fit(samples), 10, -4);
    }

    @Test
    void aValueThatIsRepeatedIsStale() {
        List<ProfileSample> samples = new ArrayList<>();
        for (int i = 0; i < HOUR; i++) {
            samples.add(ProfileSample.of(GeneratedLoad.at(i), 2, 40).withUtilisation(0.9));
        }
        assertThat(estimator.fit(samples).verdict()).isEqualTo(Verdict.NOT_ENOUGH_LOAD);
    }

    @Test
    void windowsWithTwoNumbersOfReplicasDoNotCount() {
        List<ProfileSample> samples = new ArrayList<>();
        for (int i = 0; i < HOUR; i++) {
            samples.add(
                    ProfileSample.of(GeneratedLoad.at(i), 1 + i % 2, 40 + i % 7).withUtilisation(0.9));
        }
        assertThat(estimator.fit(samples).observations()).hasSizeLessThan(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {100, 1_000})
    void processorUseInPerCentOrMillicoresIsSaid(double factor) {
        List<ProfileSample> samples = new GeneratedLoad(10, -4, 0.05, 8)
                .withProcessor(0, HOUR).stream()
                        .map(sample -> sample.withUtilisation(factor * sample.utilisation()))
                        .toList();
        assertThat(estimator.fit(samples).verdict()).isEqualTo(Verdict.UNIT);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noiseIsNotProposed(long seed) {
        Random random = new Random(seed);
        List<ProfileSample> samples = new ArrayList<>();
        for (int i = 0; i < 2 * HOUR; i++) {
            samples.add(ProfileSample.of(GeneratedLoad.at(i), 1 + i / 40 % 5, 100 * random.nextDouble())
                    .withUtilisation(random.nextDouble()));
        }
        assertThat(estimator.fit(samples).verdict()).isEqualTo(Verdict.NOISE);
    }

    @Test
    void replicasThatDoNotServeMoreAreSaid() {
        ProfileFit fit = estimator.fit(new GeneratedLoad(1e-9, 50, 0.05, 9).withProcessor(0, 2 * HOUR));
        assertThat(fit.verdict()).isEqualTo(Verdict.REPLICAS_DO_NOT_HELP);
    }

    @Test
    void oneNumberOfReplicasIsTakenInProportionAndSaysSo() {
        List<ProfileSample> samples = new GeneratedLoad(10, -4, 0.03, 10)
                .withProcessor(0, 4 * HOUR).stream()
                        .filter(sample -> sample.replicas() == 3)
                        .toList();
        ProfileFit fit = estimator.fit(samples);
        FittedProfile profile = fit.proposed().orElseThrow();
        assertThat(profile.line().beta()).isZero();
        assertThat(profile.line().at(3)).isCloseTo(26, within(1.3));
        assertThat(profile.quality().isComplete()).isFalse();
        assertThat(fit.reason()).contains("3 replicas only, others in proportion");
    }

    @Test
    void ofAHundredFitsAboutNinetyHaveTheTruthWithinTheirInterval() {
        FitSettings independent = LIVE.window().isZero() ? LIVE : FitSettings.loadTest(true);
        int within = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<ProfileSample> samples = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int replicas = 1 + i % 5;
                samples.add(ProfileSample.of(
                        GeneratedLoad.at(i), replicas, (10 * replicas - 4) * (1 + 0.08 * random.nextGaussian())));
            }
            FittedProfile fit =
                    new ProfileEstimator(independent).fit(samples).profile().orElseThrow();
            within += Math.abs(fit.line().alpha() - 10) <= fit.alphaError() ? 1 : 0;
        }
        assertThat(within).isBetween(168, 192);
    }

    @Test
    void theCarefulProfileIsThereAtTheStatedShareOfMoments() {
        FittedProfile fit = estimator
                .fit(new GeneratedLoad(10, -4, 0.05, 11).withProcessor(0, 2 * HOUR))
                .proposed()
                .orElseThrow();
        CapacityLine careful = fit.cautious(0.9);
        long above =
                estimator.fit(new GeneratedLoad(10, -4, 0.05, 11).withProcessor(0, 2 * HOUR)).observations().stream()
                        .filter(seen -> seen.perSecond() >= careful.at(seen.replicas()))
                        .count();
        assertThat((double) above / fit.quality().observations()).isBetween(0.86, 0.97);
        assertThat(fit.cautious(0.5)).isEqualTo(fit.line());
        assertThat(fit.cautious(0.99).alpha()).isLessThan(careful.alpha());
    }
}
