// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import java.time.Duration;
import java.util.List;

/** Requests per second that arrive at a service, as a function of the time since the profile began. */
public sealed interface LoadProfile {

    /** @param elapsed time in the world since the profile began, not negative */
    double requestsPerSecond(Duration elapsed);

    record Constant(double requestsPerSecond) implements LoadProfile {
        public Constant {
            requireRate(requestsPerSecond);
        }

        @Override
        public double requestsPerSecond(Duration elapsed) {
            return requestsPerSecond;
        }
    }

    /**
     * Jumps from level to level; 0 before the first one.
     *
     * @param levels in rising order of their beginning
     */
    record Steps(List<Level> levels) implements LoadProfile {
        public Steps {
            levels = List.copyOf(levels);
            for (int i = 1; i < levels.size(); i++) {
                if (levels.get(i).after().compareTo(levels.get(i - 1).after()) <= 0) {
                    throw new IllegalArgumentException("Step %d begins after %s, not later than the step before it"
                            .formatted(i, levels.get(i).after()));
                }
            }
        }

        @Override
        public double requestsPerSecond(Duration elapsed) {
            double rate = 0;
            for (Level level : levels) {
                if (level.after().compareTo(elapsed) > 0) {
                    break;
                }
                rate = level.requestsPerSecond();
            }
            return rate;
        }
    }

    /** One level of {@link Steps}, from {@code after} on. */
    record Level(Duration after, double requestsPerSecond) {
        public Level {
            requireRate(requestsPerSecond);
            if (after.isNegative()) {
                throw new IllegalArgumentException("A step begins after %s, expected 0 or more".formatted(after));
            }
        }
    }

    /** Swings around a mean, beginning there and rising first; never below 0. */
    record Sine(double mean, double amplitude, Duration period) implements LoadProfile {
        public Sine {
            requireRate(mean);
            requireRate(amplitude);
            if (period.isNegative() || period.isZero()) {
                throw new IllegalArgumentException("period=%s, expected more than 0".formatted(period));
            }
        }

        @Override
        public double requestsPerSecond(Duration elapsed) {
            double turns = (double) elapsed.toMillis() / period.toMillis();
            // strict: the same world on every machine
            return Math.max(0, mean + amplitude * StrictMath.sin(2 * StrictMath.PI * turns));
        }
    }

    private static void requireRate(double perSecond) {
        if (!(perSecond >= 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException("%s requests per second, expected 0 or more".formatted(perSecond));
        }
    }
}
