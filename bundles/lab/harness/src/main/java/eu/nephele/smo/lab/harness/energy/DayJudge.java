// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges a day by the places of the services alone. It knows nothing of strategies, objectives, intents and signals: neither what
 * they believe nor how they count.
 */
final class DayJudge {

    /** Most moves of a service within the day. */
    static final int MOST_MOVES = 4;

    private static final double MILLIS_PER_HOUR = 3_600_000;
    private static final double MILLIS_PER_MINUTE = 60_000;

    private final EnergyMeter meter;
    private final LimitJudge limits;
    private final Map<String, Set<String>> lastPlaces = new HashMap<>();
    private final Map<String, Integer> movesOf = new TreeMap<>();
    private double missing;
    private int interruptions;
    private double interruptedMinutes;

    DayJudge(Scenario scenario) {
        this.meter = new EnergyMeter(scenario);
        this.limits = new LimitJudge(scenario.latencyMillis());
    }

    /** These run from then on for so long. */
    void observe(List<SeenGraph> graphs, Duration at, Duration duration) {
        meter.measure(graphs, at, duration);
        for (SeenGraph seen : graphs) {
            limits.check(seen);
            for (DayService service : seen.ordered().services()) {
                follow(seen.ordered().project() + "/" + service.id(), seen.places(service.id()));
                int lacking = service.replicas(at) - seen.placement().replicasOf(service.id());
                missing += Math.max(0, lacking) * (duration.toMillis() / MILLIS_PER_HOUR);
            }
            interruptions += seen.interrupted().size();
            interruptedMinutes += seen.interrupted().size() * (duration.toMillis() / MILLIS_PER_MINUTE);
        }
    }

    private void follow(String service, Set<String> places) {
        Set<String> before = lastPlaces.put(service, places);
        if (before != null && !before.equals(places)) {
            movesOf.merge(service, 1, Integer::sum);
        }
    }

    /** @param name of what decided */
    DayResult result(String name) {
        List<String> faults = new ArrayList<>(meter.overbooked());
        movesOf.forEach((service, moves) -> {
            if (moves > MOST_MOVES) {
                faults.add("%s moved %d times, at most %d are allowed".formatted(service, moves, MOST_MOVES));
            }
        });
        return new DayResult(
                name,
                meter.kilograms(),
                meter.cost(),
                movesOf.values().stream().mapToInt(Integer::intValue).sum(),
                movesOf.values().stream().mapToInt(Integer::intValue).max().orElse(0),
                missing,
                interruptions,
                interruptedMinutes,
                List.copyOf(limits.violated()),
                faults,
                meter.readings());
    }
}
