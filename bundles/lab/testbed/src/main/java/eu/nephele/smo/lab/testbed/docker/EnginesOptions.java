// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Options of a process with played engines.
 *
 * @param folder of their sockets, with a short path: a socket has at most 107 bytes
 * @param delay of each answer
 * @param images that each has
 */
public record EnginesOptions(int engines, Path folder, Duration delay, Set<String> images, int cgroupVersion) {

    public static final String USAGE =
            "engines --dir DIR [--engines N] [--delay-millis N] [--images NAME,...] [--cgroup 1|2]";

    private static final int MOST = 200;
    private static final int MOST_DELAY_MILLIS = 60_000;

    public EnginesOptions {
        images = Set.copyOf(images);
        if (engines < 1 || engines > MOST) {
            throw new IllegalArgumentException("--engines is 1 to %d".formatted(MOST));
        }
        if (delay.isNegative() || delay.toMillis() > MOST_DELAY_MILLIS) {
            throw new IllegalArgumentException("--delay-millis is 0 to %d".formatted(MOST_DELAY_MILLIS));
        }
    }

    /** @throws IllegalArgumentException with a message for people */
    public static EnginesOptions parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>(
                Map.of("--engines", "4", "--delay-millis", "0", "--images", "localhost/app:1", "--cgroup", "2"));
        for (int i = 0; i < arguments.size(); i += 2) {
            String option = arguments.get(i);
            if (i + 1 == arguments.size() || !(given.containsKey(option) || option.equals("--dir"))) {
                throw new IllegalArgumentException(
                        "Option '%s' is unknown or has no value. Usage: %s".formatted(option, USAGE));
            }
            given.put(option, arguments.get(i + 1));
        }
        if (!given.containsKey("--dir")) {
            throw new IllegalArgumentException("--dir is missing. Usage: " + USAGE);
        }
        return new EnginesOptions(
                number("--engines", given),
                Path.of(given.get("--dir")),
                Duration.ofMillis(number("--delay-millis", given)),
                Set.of(given.getOrDefault("--images", "").split(",", 0)),
                number("--cgroup", given));
    }

    private static int number(String option, Map<String, String> given) {
        try {
            return Integer.parseInt(given.get(option));
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException(
                    "%s is %s, expected a number".formatted(option, given.get(option)), none);
        }
    }

    EngineSpec spec(int number) {
        return new EngineSpec(
                "edge-%03d".formatted(number),
                "127.0.1.%d".formatted(number),
                16,
                64L << 30,
                images,
                images,
                "smo-health",
                cgroupVersion,
                delay);
    }
}
