// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.contract.outside.Access;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Counts and times calls where somebody measures; who measures comes and goes. */
final class Meters {

    private static final String SYSTEM = "system";
    private static final String OPERATION = "operation";

    private final List<Measurements> present = new CopyOnWriteArrayList<>();

    void add(Measurements measurements) {
        present.add(measurements);
    }

    void remove(Measurements measurements) {
        present.remove(measurements);
    }

    /** Shows a system to everybody who measures now. */
    void show(SystemGuard system) {
        present.forEach(measurements -> show(system, measurements));
    }

    static void show(SystemGuard system, Measurements measurements) {
        Map<String, String> labels = Map.of(SYSTEM, system.name());
        measurements.gauge(
                "smo_outside_access",
                labels,
                system,
                shown -> number(shown.state().access()));
        measurements.gauge(
                "smo_outside_in_flight", labels, system, shown -> shown.state().inFlight());
    }

    private static double number(Access access) {
        return switch (access) {
            case OPEN -> 0;
            case PROBING -> 1;
            case SHUT -> 2;
        };
    }

    void called(String system, Operation operation, String outcome, Duration duration) {
        if (present.isEmpty()) {
            return;
        }
        Map<String, String> which = Map.of(SYSTEM, system, OPERATION, operation.name());
        Map<String, String> how = Map.of(SYSTEM, system, OPERATION, operation.name(), "outcome", outcome);
        present.forEach(measurements -> {
            measurements.count("smo_outside_calls_total", how);
            measurements.time("smo_outside_call_duration_seconds", which, duration);
        });
    }

    void repeated(String system, Operation operation) {
        count("smo_outside_retries_total", system, operation);
    }

    void stale(String system, Operation operation) {
        count("smo_outside_stale_answers_total", system, operation);
    }

    private void count(String name, String system, Operation operation) {
        Map<String, String> labels = Map.of(SYSTEM, system, OPERATION, operation.name());
        present.forEach(measurements -> measurements.count(name, labels));
    }
}
