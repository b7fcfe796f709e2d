// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.profiles;

import eu.nephele.smo.scaling.profiler.CapacityLine;
import eu.nephele.smo.scaling.profiler.FitSettings;
import eu.nephele.smo.scaling.profiler.FittedProfile;
import eu.nephele.smo.scaling.profiler.ProfileFit;
import eu.nephele.smo.scaling.profiler.ProfileLearner;
import eu.nephele.smo.scaling.profiler.ProfileSample;
import java.time.Duration;
import java.util.Optional;

/** Where the scaler gets coefficients from. */
interface ProfileSource {

    void observe(ProfileSample sample);

    CapacityLine profile();

    /** The same coefficients always. */
    static ProfileSource fixed(CapacityLine line) {
        return new ProfileSource() {
            @Override
            public void observe(ProfileSample sample) {
                // nothing is learned
            }

            @Override
            public CapacityLine profile() {
                return line;
            }
        };
    }

    /** Coefficients that are replaced by what is learned, as soon as it is good enough. */
    final class Learned implements ProfileSource {

        private static final int FITTED_EVERY = 20;

        private final ProfileLearner learner;
        private final double share;
        private CapacityLine line;
        private int samples;

        Learned(CapacityLine first, double share) {
            this(first, share, Optional.empty());
        }

        Learned(CapacityLine first, double share, Optional<CapacityLine> before) {
            this.learner = new ProfileLearner(
                    FitSettings.live(Duration.ofSeconds(ModelService.WINDOW_SECONDS)), Duration.ofHours(24), before);
            this.line = first;
            this.share = share;
        }

        @Override
        public void observe(ProfileSample sample) {
            learner.observe(sample);
            samples++;
            if (samples % FITTED_EVERY == 0) {
                learner.fit().proposed().ifPresent(fit -> line = fit.cautious(share));
            }
        }

        @Override
        public CapacityLine profile() {
            return line;
        }

        ProfileFit fit() {
            return learner.fit();
        }

        Optional<FittedProfile> learned() {
            return learner.fit().proposed();
        }
    }
}
