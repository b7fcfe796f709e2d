// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.time.Duration;

/** Reads and checks configurations; a wrong value names its key. */
final class LimitsReader {

    private static final int INHERITED = -1;

    private final String pid;

    LimitsReader(String pid) {
        this.pid = pid;
    }

    GuardLimits read(GuardConfig config) {
        atLeast("failures", config.failures(), 1);
        return new GuardLimits(
                new RetryLimits(
                        atLeast("attempts", config.attempts(), 1),
                        Duration.ofMillis(atLeast("firstDelayMillis", config.firstDelayMillis(), 1)),
                        Duration.ofMillis(atLeast("maxDelayMillis", config.maxDelayMillis(), 1)),
                        share("jitter", config.jitter()),
                        Duration.ofMillis(atLeast("budgetMillis", config.budgetMillis(), 1))),
                Duration.ofMillis(atLeast("timeoutMillis", config.timeoutMillis(), 1)),
                new CircuitLimits(
                        config.failures(),
                        atLeast("of", config.of(), config.failures()),
                        Duration.ofSeconds(atLeast("openSeconds", config.openSeconds(), 1))),
                atLeast("maxConcurrent", config.maxConcurrent(), 1),
                Duration.ofMillis(atLeast("maxWaitMillis", config.maxWaitMillis(), 0)),
                Duration.ofSeconds(atLeast("staleSeconds", config.staleSeconds(), 0)));
    }

    /** Reads the limits of a system: its own values where present, else the common ones. */
    GuardLimits read(SystemConfig config, GuardLimits all) {
        RetryLimits retryLimits = all.repetition();
        return new GuardLimits(
                new RetryLimits(
                        own("attempts", config.attempts(), 1, retryLimits.attempts()),
                        millis("firstDelayMillis", config.firstDelayMillis(), 1, retryLimits.firstDelay()),
                        millis("maxDelayMillis", config.maxDelayMillis(), 1, retryLimits.maxDelay()),
                        config.jitter() == INHERITED ? retryLimits.jitter() : share("jitter", config.jitter()),
                        millis("budgetMillis", config.budgetMillis(), 1, retryLimits.budget())),
                millis("timeoutMillis", config.timeoutMillis(), 1, all.timeout()),
                breaking(config, all.circuit()),
                own("maxConcurrent", config.maxConcurrent(), 1, all.maxConcurrent()),
                millis("maxWaitMillis", config.maxWaitMillis(), 0, all.maxWait()),
                seconds("staleSeconds", config.staleSeconds(), 0, all.stale()));
    }

    /** @throws IllegalArgumentException a value is wrong by itself, whatever the common limits are */
    void check(SystemConfig config) {
        Duration any = Duration.ofSeconds(1);
        read(
                config,
                new GuardLimits(new RetryLimits(1, any, any, 0, any), any, new CircuitLimits(1, 1, any), 1, any, any));
    }

    private CircuitLimits breaking(SystemConfig config, CircuitLimits all) {
        if ((config.failures() == INHERITED) != (config.of() == INHERITED)) {
            throw wrong("failures", config.failures(), "a value together with of, or neither");
        }
        int failures = own("failures", config.failures(), 1, all.failures());
        return new CircuitLimits(
                failures,
                own("of", config.of(), failures, all.of()),
                seconds("openSeconds", config.openSeconds(), 1, all.open()));
    }

    private int own(String key, int value, int minimum, int inherited) {
        return value == INHERITED ? inherited : atLeast(key, value, minimum);
    }

    private Duration millis(String key, int value, int minimum, Duration inherited) {
        return value == INHERITED ? inherited : Duration.ofMillis(atLeast(key, value, minimum));
    }

    private Duration seconds(String key, int value, int minimum, Duration inherited) {
        return value == INHERITED ? inherited : Duration.ofSeconds(atLeast(key, value, minimum));
    }

    private int atLeast(String key, int value, int minimum) {
        if (value < minimum) {
            throw wrong(key, value, "at least " + minimum);
        }
        return value;
    }

    private double share(String key, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw wrong(key, value, "0 to 1");
        }
        return value;
    }

    private IllegalArgumentException wrong(String key, Object value, String expected) {
        return new IllegalArgumentException(
                "Configuration %s: %s=%s, expected %s".formatted(pid, key, value, expected));
    }
}
