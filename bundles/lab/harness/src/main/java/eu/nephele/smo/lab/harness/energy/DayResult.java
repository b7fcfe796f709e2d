// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.lab.harness.energy.EnergyMeter.MeterReading;
import java.util.List;

/**
 * A day as the judge has seen it.
 *
 * @param name of what decided
 * @param kilograms CO2eq
 * @param cost in currency units of the scenario
 * @param moves of all services
 * @param mostMoves of one service
 * @param missingReplicaHours replicas that the load needed and that had no place
 * @param interruptions moves whose old place was given up before the new one began
 * @param interruptedMinutes time without service of all services together, if what is new serves at the end of a step only
 * @param violated limits of graphs that were broken
 * @param faults regions that ran more than they have, services that moved too often
 * @param readings in the order of the day
 */
record DayResult(
        String name,
        double kilograms,
        double cost,
        int moves,
        int mostMoves,
        double missingReplicaHours,
        int interruptions,
        double interruptedMinutes,
        List<String> violated,
        List<String> faults,
        List<MeterReading> readings) {

    private static final double PERCENT = 100;

    DayResult {
        violated = List.copyOf(violated);
        faults = List.copyOf(faults);
        readings = List.copyOf(readings);
    }

    boolean isGood() {
        return violated.isEmpty() && faults.isEmpty();
    }

    /** CO2 that it emits less than another one, in percent of that. */
    double savedPercent(DayResult other) {
        return PERCENT * (1 - kilograms / other.kilograms());
    }
}
