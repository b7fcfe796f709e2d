// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import eu.nephele.smo.api.scaling.LoadSeries;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Time for new forecasts of many series, each of 14 days and three hours, on one thread.
 *
 * @param seconds wall-clock time
 * @param processorSeconds time of the processor, which a busy machine does not change much
 */
record ForecastSpeed(int series, double seconds, double processorSeconds) {

    private static final Instant NOW = Instant.parse("2026-02-01T10:07:00Z");
    private static final int SERVICES_PER_GRAPH = 5;
    private static final int PER_CALL = 250;
    private static final double NANOS = 1e9;

    /** The second of two rounds: the first one is compiled meanwhile. */
    static ForecastSpeed measure(DemandForecaster forecaster, int series, long seed) {
        List<ForecastRequest> requests = requests(series, seed);
        ask(forecaster, requests.subList(0, Math.min(4, requests.size())));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = System.nanoTime();
        long processor = threads.getCurrentThreadCpuTime();
        ask(forecaster, requests);
        return new ForecastSpeed(
                series, (System.nanoTime() - begin) / NANOS, (threads.getCurrentThreadCpuTime() - processor) / NANOS);
    }

    private static void ask(DemandForecaster forecaster, List<ForecastRequest> requests) {
        VirtualContext context = new VirtualContext(NOW, new NoParameters());
        for (ForecastRequest request : requests) {
            if (forecaster.forecast(request, context).stream().anyMatch(forecast -> forecast.isEmpty())) {
                throw new IllegalStateException("There is no forecast for a series of 14 days");
            }
        }
    }

    private static List<ForecastRequest> requests(int series, long seed) {
        List<ForecastRequest> requests = new ArrayList<>();
        for (int from = 0; from < series; from += PER_CALL) {
            List<ServiceHistory> histories = new ArrayList<>();
            for (int i = from; i < Math.min(series, from + PER_CALL); i++) {
                histories.add(history(i, new SplittableRandom(seed * series + i)));
            }
            requests.add(ForecastRequest.of(histories, Duration.ofMinutes(30)));
        }
        return requests;
    }

    private static ServiceHistory history(int number, SplittableRandom random) {
        double level = 10 + 200 * random.nextDouble();
        List<String> callers = number % SERVICES_PER_GRAPH == 0 ? List.of() : List.of("s" + (number - 1));
        return new ServiceHistory(
                new GraphId("backtest", "g" + number / SERVICES_PER_GRAPH),
                "s" + number,
                series(180, Duration.ofMinutes(1), level, random),
                series(14 * 96, Duration.ofMinutes(15), level, random),
                callers);
    }

    private static LoadSeries series(int count, Duration step, double level, SplittableRandom random) {
        double[] values = new double[count];
        Instant first = NOW.minus(step.multipliedBy(count - 1L));
        for (int i = 0; i < count; i++) {
            double day = (first.getEpochSecond() + i * step.toSeconds()) / 86_400.0;
            values[i] = level * Math.max(0, 1 + 0.6 * Math.sin(2 * Math.PI * day) + 0.05 * random.nextGaussian());
        }
        return LoadSeries.of(first, step, values);
    }
}
