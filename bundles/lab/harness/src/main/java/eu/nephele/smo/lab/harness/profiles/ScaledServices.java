// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.profiles;

import eu.nephele.smo.lab.harness.profiles.ModelService.LoadSignal;
import java.util.function.Function;

/**
 * A day of services that are scaled with some coefficients.
 *
 * @param name of the coefficients
 * @param violationMinutes with more demand than capacity, of all services
 * @param replicaHours of all services
 */
record ScaledServices(String name, double violationMinutes, double replicaHours) {

    private static final int DAY_SECONDS = 86_400;
    /** Services of this part are others than those of the first. */
    private static final long OTHER_SEEDS = 100_000;

    /** @param first number of the first service; every second one of these is run */
    static ScaledServices run(
            String name, ProfilesOptions options, int first, Function<ModelCase, ProfileSource> coefficients) {
        double violations = 0;
        double hours = 0;
        for (int number = first; number < options.services(); number += 2) {
            ModelCase model = ModelCase.generate(options.seed() + OTHER_SEEDS + number, DAY_SECONDS, options.noise());
            ScaledLoop loop = new ScaledLoop(model, LoadSignal.PROCESSOR, coefficients.apply(model)).run(DAY_SECONDS);
            violations += loop.violationMinutes();
            hours += loop.replicaHours();
        }
        return new ScaledServices(name, violations, hours);
    }

    ScaledServices and(ScaledServices other) {
        return new ScaledServices(name, violationMinutes + other.violationMinutes, replicaHours + other.replicaHours);
    }
}
