// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.profiles;

/**
 * @param services generated services of each part
 * @param noise standard deviation of each reading, relative to it
 * @param seed of the first service
 */
record ProfilesOptions(int services, double noise, long seed) {

    private static final int MOST_SERVICES = 1_000;

    ProfilesOptions {
        if (services < 2 || services > MOST_SERVICES) {
            throw new IllegalArgumentException(
                    "--services is between 2 and %d, not %d".formatted(MOST_SERVICES, services));
        }
        if (!(noise >= 0 && noise <= 0.5)) {
            throw new IllegalArgumentException("--noise is between 0 and 0.5, not " + noise);
        }
    }
}
