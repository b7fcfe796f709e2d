// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.core.contract.fleet.FleetRequest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * When plans are made without anybody asking, and which.
 *
 * @param times empty for never, also where a property makes no sense
 * @param request what is asked then
 * @param applies whether a plan with steps is applied at once
 * @param faults properties that make no sense, one sentence each
 */
record FleetScheduleSettings(Optional<CronTimes> times, FleetRequest request, boolean applies, List<String> faults) {

    FleetScheduleSettings {
        faults = List.copyOf(faults);
    }

    /** Nothing of it is scheduled when one property makes no sense: half of what was meant may be the wrong half. */
    static FleetScheduleSettings from(FleetConfig config) {
        List<String> faults = new ArrayList<>();
        Optional<ZoneId> zone = zone(config.scheduleTimeZone(), faults);
        Optional<CronTimes> times = zone.flatMap(known -> times(config.schedule(), known, faults));
        Map<String, Double> weights = weights(config.scheduleObjectives(), faults);
        OptionalInt maxMoves = maxMoves(config.scheduleMaxMoves(), faults);
        return new FleetScheduleSettings(
                times.filter(all -> faults.isEmpty()),
                new FleetRequest(Set.of(), weights, maxMoves, Optional.empty(), OptionalInt.empty(), Optional.empty()),
                config.scheduleApplies(),
                faults);
    }

    private static Optional<ZoneId> zone(String name, List<String> faults) {
        try {
            return Optional.of(ZoneId.of(name.strip()));
        } catch (DateTimeException unknown) {
            faults.add(fault("scheduleTimeZone", name, "expected a name such as Europe/Berlin"));
            return Optional.empty();
        }
    }

    private static Optional<CronTimes> times(String expression, ZoneId zone, List<String> faults) {
        if (expression.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CronTimes.parse(expression.strip(), zone));
        } catch (IllegalArgumentException unreadable) {
            faults.add(fault(
                    "schedule",
                    expression,
                    "expected minute, hour, day of the month, month and day of the week: " + unreadable.getMessage()));
            return Optional.empty();
        }
    }

    private static Map<String, Double> weights(String[] entries, List<String> faults) {
        Map<String, Double> weights = new TreeMap<>();
        for (String entry : String.join(",", entries).split(",", -1)) {
            if (!entry.isBlank()) {
                int equals = entry.indexOf('=');
                Optional<Double> weight = equals < 0 ? Optional.empty() : weight(entry.substring(equals + 1));
                if (equals > 0 && weight.isPresent()) {
                    weights.put(entry.substring(0, equals).strip(), weight.get());
                } else {
                    faults.add(fault("scheduleObjectives", entry, "expected name=weight, a weight of 0 or more"));
                }
            }
        }
        return weights;
    }

    private static Optional<Double> weight(String text) {
        try {
            return Optional.of(Double.parseDouble(text.strip()))
                    .filter(weight -> weight >= 0 && Double.isFinite(weight));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static OptionalInt maxMoves(int moves, List<String> faults) {
        if (moves < 0) {
            faults.add(fault("scheduleMaxMoves", String.valueOf(moves), "expected 0 or more"));
        }
        return moves > 0 ? OptionalInt.of(moves) : OptionalInt.empty();
    }

    private static String fault(String property, String value, String expected) {
        return "%s: %s=%s has no effect, nothing is scheduled: %s"
                .formatted(FleetSchedule.PID, property, value.strip(), expected);
    }
}
