// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.profiles;

import eu.nephele.smo.lab.harness.profiles.ModelService.LoadSignal;
import eu.nephele.smo.scaling.profiler.CapacityLine;
import eu.nephele.smo.scaling.profiler.FittedProfile;
import eu.nephele.smo.scaling.profiler.ProfileSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Known coefficients against those that are learned while the service is scaled with wrong ones, and after its capacity has changed.
 *
 * @param cases services
 * @param learned of these with a proposal
 * @param alphaErrors relative errors of alpha, in ascending order
 * @param capacityErrors the largest relative error of the capacity between the smallest and the largest number of replicas seen
 * @param betaErrors errors of beta divided by alpha, because beta may be 0
 */
record RecoveredProfiles(
        int cases, int learned, List<Double> alphaErrors, List<Double> capacityErrors, List<Double> betaErrors) {

    private static final double WAVE_SECONDS = 2_400;
    private static final double TOO_HIGH = 1.3;
    private static final double TOO_LOW = 0.7;
    private static final double SLOWER = 0.7;
    private static final double FASTER = 1.4;
    private static final int HOURS_2 = 7_200;
    private static final int MINUTES_15 = 900;

    RecoveredProfiles {
        alphaErrors = alphaErrors.stream().sorted().toList();
        capacityErrors = capacityErrors.stream().sorted().toList();
        betaErrors = betaErrors.stream().sorted().toList();
    }

    /** From 2 hours of data. */
    static RecoveredProfiles fromTwoHours(ProfilesOptions options) {
        return collected(options, number -> {
            ModelCase model = ModelCase.generate(options.seed() + number, WAVE_SECONDS, options.noise());
            Watched watched = new Watched(model, wrong(number), Optional.empty());
            new ScaledLoop(model, LoadSignal.PROCESSOR, watched).run(HOURS_2);
            return new Recovery(model.truth(), watched.learned.learned());
        });
    }

    /** 15 minutes after the capacity has changed and nobody said so. */
    static RecoveredProfiles afterUnknownChange(ProfilesOptions options) {
        return collected(options, number -> {
            ModelCase model = ModelCase.generate(options.seed() + number, WAVE_SECONDS, options.noise());
            CapacityLine changed = model.truth().times(factor(number));
            Watched watched = new Watched(model, wrong(number), Optional.empty());
            ScaledLoop loop = new ScaledLoop(model, LoadSignal.PROCESSOR, watched).run(HOURS_2);
            loop.become(changed);
            loop.run(MINUTES_15);
            return new Recovery(changed, watched.learned.learned());
        });
    }

    /** 15 minutes after a new version was installed, which the former profile is known of. */
    static RecoveredProfiles afterNewVersion(ProfilesOptions options) {
        return collected(options, number -> {
            ModelCase model = ModelCase.generate(options.seed() + number, WAVE_SECONDS, options.noise());
            ModelCase changed = new ModelCase(
                    model.truth().times(factor(number)),
                    model.meanDemand(),
                    WAVE_SECONDS,
                    options.noise(),
                    model.seed());
            Watched watched = new Watched(model, wrong(number), Optional.of(model.truth()));
            new ScaledLoop(changed, LoadSignal.PROCESSOR, watched).run(MINUTES_15);
            return new Recovery(changed.truth(), watched.learned.learned());
        });
    }

    private static double wrong(int number) {
        return number % 2 == 0 ? TOO_HIGH : TOO_LOW;
    }

    private static double factor(int number) {
        return number % 4 < 2 ? SLOWER : FASTER;
    }

    double worstAlpha() {
        return last(alphaErrors);
    }

    double worstCapacity() {
        return last(capacityErrors);
    }

    double medianAlpha() {
        return middle(alphaErrors);
    }

    double medianCapacity() {
        return middle(capacityErrors);
    }

    double medianBeta() {
        return middle(betaErrors);
    }

    /** How many have a capacity within 5 % of the true one. */
    long near() {
        return capacityErrors.stream().filter(error -> error <= 0.05).count();
    }

    private static double last(List<Double> sorted) {
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() - 1);
    }

    private static double middle(List<Double> sorted) {
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    private static RecoveredProfiles collected(ProfilesOptions options, CaseRun run) {
        List<Double> alphas = new ArrayList<>();
        List<Double> capacities = new ArrayList<>();
        List<Double> betas = new ArrayList<>();
        for (int number = 0; number < options.services(); number++) {
            Recovery outcome = run.of(number);
            outcome.fit().ifPresent(fit -> {
                alphas.add(Math.abs(fit.line().alpha() / outcome.truth().alpha() - 1));
                capacities.add(capacityError(fit, outcome.truth()));
                betas.add(Math.abs(fit.line().beta() - outcome.truth().beta())
                        / outcome.truth().alpha());
            });
        }
        return new RecoveredProfiles(options.services(), alphas.size(), alphas, capacities, betas);
    }

    private static double capacityError(FittedProfile fit, CapacityLine truth) {
        double worst = 0;
        for (int replicas = fit.quality().minReplicas();
                replicas <= fit.quality().maxReplicas();
                replicas++) {
            worst = Math.max(worst, Math.abs(fit.line().at(replicas) / truth.at(replicas) - 1));
        }
        return worst;
    }

    private interface CaseRun {
        Recovery of(int number);
    }

    private record Recovery(CapacityLine truth, Optional<FittedProfile> fit) {}

    /** Learns beside a scaler that goes on with wrong coefficients. */
    private static final class Watched implements ProfileSource {

        private final CapacityLine used;
        private final ProfileSource.Learned learned;

        Watched(ModelCase model, double wrong, Optional<CapacityLine> before) {
            this.used = model.truth().times(wrong);
            this.learned = new ProfileSource.Learned(used, 0.5, before);
        }

        @Override
        public void observe(ProfileSample sample) {
            learned.observe(sample);
        }

        @Override
        public CapacityLine profile() {
            return used;
        }
    }
}
