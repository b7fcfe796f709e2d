// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.profiles;

import eu.nephele.smo.scaling.profiler.FitSettings;
import eu.nephele.smo.scaling.profiler.ProfileLearner;
import eu.nephele.smo.scaling.profiler.ProfileSample;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Measures learning on generated services. */
final class ProfilesRun {

    private static final double TOO_HIGH = 1.3;
    private static final double TOO_LOW = 0.7;
    /** Of the moments; what the documentation names for a careful scaler. */
    private static final double CAUTIOUS = 0.9;

    private static final int NOISE_SAMPLES = 480;

    private final ProfilesOptions options;

    ProfilesRun(ProfilesOptions options) {
        this.options = options;
    }

    ProfilesResult run() {
        return new ProfilesResult(
                options,
                RecoveredProfiles.fromTwoHours(options),
                RecoveredProfiles.afterNewVersion(options),
                RecoveredProfiles.afterUnknownChange(options),
                proposedFromNoise(),
                scaled(0, TOO_HIGH),
                scaled(1, TOO_LOW));
    }

    private List<ScaledServices> scaled(int first, double wrong) {
        Function<ModelCase, ProfileSource> fixed =
                model -> ProfileSource.fixed(model.truth().times(wrong));
        return List.of(
                ScaledServices.run("fixed", options, first, fixed),
                ScaledServices.run(
                        "learned",
                        options,
                        first,
                        model -> new ProfileSource.Learned(model.truth().times(wrong), CAUTIOUS)),
                ScaledServices.run("known", options, first, model -> ProfileSource.fixed(model.truth())));
    }

    /** Readings that have nothing to do with each other. */
    private int proposedFromNoise() {
        int proposed = 0;
        for (int number = 0; number < options.services(); number++) {
            Random random = new Random(options.seed() + number);
            ProfileLearner learner = new ProfileLearner(FitSettings.live(Duration.ofSeconds(60)), Duration.ofHours(24));
            for (int i = 0; i < NOISE_SAMPLES; i++) {
                learner.observe(ProfileSample.of(
                                ScaledLoop.START.plusSeconds((long) i * ModelService.STEP_SECONDS),
                                1 + i / 40 % 6,
                                100 * random.nextDouble())
                        .withUtilisation(random.nextDouble()));
            }
            proposed += learner.fit().proposed().isPresent() ? 1 : 0;
        }
        return proposed;
    }
}
