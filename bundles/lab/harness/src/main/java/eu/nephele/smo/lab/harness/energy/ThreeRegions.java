// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.simulator.AlertTiming;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.LoadProfile;
import eu.nephele.smo.lab.simulator.LoadProfile.Sine;
import eu.nephele.smo.lab.simulator.MetricSeries;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * A day of three regions, generated: a clean one with little room, a sunny one, and one with coal and windy evenings; graphs whose
 * load has a day rhythm, some of them with limits of where they run.
 */
final class ThreeRegions {

    static final String CLEAN = "north";
    static final String SUNNY = "south";
    static final String COAL = "east";

    /** Share of the peak load that the cleanest region holds. */
    static final double CLEAN_SHARE = 0.4;

    static final Duration DAY = Duration.ofDays(1);

    /** The load, which begins at its mean and rises, is highest six hours later. */
    private static final Instant STARTS_AT = Instant.parse("2026-06-01T08:00:00Z");

    /** The clean region and one of the others hold the peak load. */
    private static final double OTHER_SHARE = 0.6;

    private static final double SWING = 0.4;
    private static final double NOISE = 0.08;
    private static final double IDLE_WATTS_PER_CORE = 1;
    private static final double PEAK_WATTS_PER_CORE = 8;
    private static final int GIB_PER_CORE = 8;
    private static final int STORAGE_GIB_PER_CORE = 100;
    private static final long GIB = 1L << 30;
    private static final double REQUESTS_PER_CPU_SECOND = 20;
    private static final List<String> NAMES = List.of("front", "catalogue", "cart", "orders", "mail");
    private static final double[] MEAN_REQUESTS = {40, 32, 24, 16, 8};
    private static final double LOAD_SWING = 0.7;
    private static final double NEAR_MILLIS = 15;
    private static final Map<String, Map<String, Double>> LATENCIES = Map.of(
            CLEAN,
            Map.of(SUNNY, 24.0, COAL, 30.0),
            SUNNY,
            Map.of(CLEAN, 24.0, COAL, 12.0),
            COAL,
            Map.of(CLEAN, 30.0, SUNNY, 12.0));

    /** As in the other scenarios, for the sample graphs. */
    private static final Map<MetricSeries, Double> SERIES = series();

    private static final Sine OTHER_LOAD = new Sine(2, 1, DAY);

    private final Random random;
    private final List<DayGraph> graphs = new ArrayList<>();
    private final Map<String, LoadProfile> loads = new LinkedHashMap<>();
    private final double peakCores;
    private final Scenario scenario;

    /**
     * @param graphs their number
     * @param services of each graph
     */
    ThreeRegions(int graphs, int services, long seed) {
        this.random = new Random(seed);
        for (int s = 0; s < services; s++) {
            double mean = MEAN_REQUESTS[s % MEAN_REQUESTS.length];
            loads.put(name(s), new Sine(mean, Math.rint(mean * LOAD_SWING), DAY));
        }
        loads.put("*", OTHER_LOAD);
        for (int g = 0; g < graphs; g++) {
            this.graphs.add(graph("p%04d".formatted(g), services));
        }
        this.peakCores = peak();
        this.scenario = new Scenario(
                "a day of three regions",
                STARTS_AT,
                Duration.ofSeconds(2),
                Duration.ZERO,
                REQUESTS_PER_CPU_SECOND,
                List.of(
                        region(CLEAN, CLEAN_SHARE, curve(60, CarbonCurve.DEMAND, 18), 0.05),
                        region(SUNNY, OTHER_SHARE, curve(250, CarbonCurve.SOLAR, 16), 0.04),
                        region(COAL, OTHER_SHARE, curve(450, CarbonCurve.DEMAND, 9), 0.03)),
                LATENCIES,
                Map.of(),
                loads,
                SERIES,
                AlertTiming.USUAL,
                List.of());
    }

    List<DayGraph> graphs() {
        return List.copyOf(graphs);
    }

    Scenario scenario() {
        return scenario;
    }

    /** Cores that the graphs need when the load is highest. */
    double peakCores() {
        return peakCores;
    }

    /** All loads are highest at the same time. */
    private double peak() {
        Duration highest = DAY.dividedBy(4);
        return graphs.stream().mapToDouble(graph -> graph.coresNeeded(highest)).sum();
    }

    private static Map<MetricSeries, Double> series() {
        Map<MetricSeries, Double> series = new LinkedHashMap<>();
        series.put(new MetricSeries("up", Map.of("prometheus", "smo/brussels")), 1.0);
        series.put(new MetricSeries("up", Map.of("prometheus", "kc1/kube-prometheus-operator")), 1.0);
        return series;
    }

    private static String name(int service) {
        return service < NAMES.size() ? NAMES.get(service) : "service-" + service;
    }

    private DayGraph graph(String project, int count) {
        List<DayService> services = new ArrayList<>();
        int kind = random.nextInt(10);
        for (int s = 0; s < count; s++) {
            Sine load = (Sine) Objects.requireNonNull(loads.get(name(s)), "each service has a load");
            int most = 2 + random.nextInt(DayService.MOST_REPLICAS - 1);
            boolean large = random.nextInt(4) == 0;
            Set<String> excluded = kind < 2 && s == count - 1 ? Set.of(kind == 0 ? CLEAN : COAL) : Set.of();
            services.add(new DayService(
                    name(s),
                    large ? "small" : "light",
                    large ? 1 : 0.5,
                    load,
                    (load.mean() + load.amplitude()) / most,
                    excluded));
        }
        boolean several = count > 1;
        DayGraph.Pair first = new DayGraph.Pair(name(0), name(count - 1));
        return new DayGraph(
                project,
                services,
                several && kind >= 2 && kind < 4 ? List.of(first) : List.of(),
                several && kind == 4 ? List.of(new DayGraph.Near(first, NEAR_MILLIS)) : List.of());
    }

    private List<Double> curve(double mean, DoubleUnaryOperator shape, double hour) {
        double[] noise = random.doubles(CarbonCurve.HOURS, -NOISE, NOISE).toArray();
        return CarbonCurve.hourly(mean, SWING, shape, hour + random.nextDouble() - 0.5, noise);
    }

    /** @param share of the peak load that it holds */
    private ClusterModel region(String name, double share, List<Double> carbon, double price) {
        long cores = (long) (share * peakCores);
        return new ClusterModel(
                name,
                new Resources(cores * 1000, cores * GIB_PER_CORE * GIB, cores * STORAGE_GIB_PER_CORE * GIB, 0),
                name,
                Map.of("topology.kubernetes.io/region", name),
                new EnergyProfile(cores * IDLE_WATTS_PER_CORE, cores * PEAK_WATTS_PER_CORE),
                carbon,
                OptionalDouble.empty(),
                OptionalDouble.of(price),
                Resources.NONE);
    }
}
