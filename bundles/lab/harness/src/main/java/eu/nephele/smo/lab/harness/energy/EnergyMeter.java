// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures what regions emit and cost, by the power and the carbon curves of the scenario: a core that is asked for is busy, and a
 * region that runs anything draws its idle power.
 */
final class EnergyMeter {

    private static final double MILLIS_PER_CORE = 1000;
    private static final double MILLIS_PER_HOUR = 3_600_000;
    /** W × g/kWh are thousandths of a gram per hour. */
    private static final double KILOGRAMS_PER_HOUR = 1e-6;

    private static final double ROUNDING = 1e-9;

    /**
     * At one moment.
     *
     * @param at since the day began
     * @param cores in use by region
     */
    record MeterReading(Duration at, Map<String, Double> cores, double kilogramsPerHour) {}

    private final Scenario scenario;
    private final List<MeterReading> readings = new ArrayList<>();
    private final Set<String> overbooked = new LinkedHashSet<>();
    private double kilograms;
    private double cost;

    EnergyMeter(Scenario scenario) {
        this.scenario = scenario;
    }

    List<MeterReading> readings() {
        return readings;
    }

    /** Regions that ran more than they have. */
    Set<String> overbooked() {
        return overbooked;
    }

    double kilograms() {
        return kilograms;
    }

    /** In currency units of the scenario. */
    double cost() {
        return cost;
    }

    /** These run from then on for so long. */
    void measure(List<SeenGraph> graphs, Duration at, Duration duration) {
        double hours = duration.toMillis() / MILLIS_PER_HOUR;
        Map<String, Double> cores = cores(graphs);
        double rate = 0;
        for (ClusterModel region : scenario.clusters()) {
            double used = cores.getOrDefault(region.name(), 0.0);
            if (used > all(region) + ROUNDING) {
                overbooked.add("%s runs more than its %.0f cores".formatted(region.name(), all(region)));
            }
            rate += watts(region, used) * carbon(region, at) * KILOGRAMS_PER_HOUR;
            cost += used * region.pricePerCpuHour().orElse(0) * hours;
        }
        kilograms += rate * hours;
        readings.add(new MeterReading(at, cores, rate));
    }

    private Map<String, Double> cores(List<SeenGraph> graphs) {
        Map<String, Double> cores = new LinkedHashMap<>();
        scenario.clusters().forEach(region -> cores.put(region.name(), 0.0));
        for (SeenGraph seen : graphs) {
            for (DayService service : seen.ordered().services()) {
                add(service, seen.placement(), cores);
                add(service, seen.leaving(), cores);
            }
        }
        return cores;
    }

    private static void add(DayService service, Placement placement, Map<String, Double> cores) {
        for (Share share : placement.of(service.id())) {
            cores.merge(share.cluster().name(), share.replicas() * service.cores(), Double::sum);
        }
    }

    private static double all(ClusterModel region) {
        return region.capacity().cpuMillis() / MILLIS_PER_CORE;
    }

    private static double watts(ClusterModel region, double used) {
        double idle = region.energy().idleWatts();
        return used == 0 ? 0 : idle + (region.energy().peakWatts() - idle) * used / all(region);
    }

    private double carbon(ClusterModel region, Duration at) {
        Instant now = scenario.startsAt().plus(at);
        return region.carbonGramsPerKwh().get(now.atOffset(ZoneOffset.UTC).getHour());
    }
}
