// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.ScenarioFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Options of the command line.
 *
 * @param port 0 for any that is free
 * @param scenario file; empty for the built-in one
 * @param timeFactor seconds of the world per second of real time
 * @param withParent whether to end when standard input ends: with the process that started this one
 */
public record WorldOptions(
        int port, Optional<Path> scenario, int latencyMillis, long seed, double timeFactor, boolean withParent) {

    public static final WorldOptions DEFAULTS = new WorldOptions(0, Optional.empty(), 0, 1, 1, false);

    static final String USAGE =
            "Options: --port N, --scenario FILE, --latency-millis N, --seed N, --time-factor N, --with-parent";

    /** @throws IllegalArgumentException for unknown options and values that are not numbers */
    public static WorldOptions parse(List<String> arguments) {
        WorldOptions options = DEFAULTS;
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (name.equals("--with-parent")) {
                options = new WorldOptions(
                        options.port, options.scenario, options.latencyMillis, options.seed, options.timeFactor, true);
            } else if (i + 1 < arguments.size()) {
                i++;
                options = options.with(name, arguments.get(i));
            } else {
                throw new IllegalArgumentException("%s: unknown, or without a value. %s".formatted(name, USAGE));
            }
        }
        return options;
    }

    private WorldOptions with(String name, String value) {
        return switch (name) {
            case "--port" ->
                new WorldOptions(Integer.parseInt(value), scenario, latencyMillis, seed, timeFactor, withParent);
            case "--scenario" ->
                new WorldOptions(port, Optional.of(Path.of(value)), latencyMillis, seed, timeFactor, withParent);
            case "--latency-millis" ->
                new WorldOptions(port, scenario, Integer.parseInt(value), seed, timeFactor, withParent);
            case "--seed" ->
                new WorldOptions(port, scenario, latencyMillis, Long.parseLong(value), timeFactor, withParent);
            case "--time-factor" ->
                new WorldOptions(port, scenario, latencyMillis, seed, Double.parseDouble(value), withParent);
            default -> throw new IllegalArgumentException("%s: unknown option. %s".formatted(name, USAGE));
        };
    }

    Scenario readScenario() {
        return scenario.map(ScenarioFile::read).orElseGet(ScenarioFile::builtIn);
    }
}
