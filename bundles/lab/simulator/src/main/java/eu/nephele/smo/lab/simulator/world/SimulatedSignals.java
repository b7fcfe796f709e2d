// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.lab.simulator.ClusterModel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Carbon, renewable share, price and latency by the scenario, the forecast for the next day included. */
public final class SimulatedSignals implements SignalSource {

    private static final int FORECAST_HOURS = 24;

    private final World world;

    public SimulatedSignals(World world) {
        this.world = world;
    }

    @Override
    public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
        return world.change(state -> {
            Map<ClusterId, ClusterSignals> signals = new TreeMap<>();
            for (ClusterId id : clusters) {
                node(state, id).ifPresent(node -> signals.put(id, signalsOf(node.model(), state.now())));
            }
            return signals;
        });
    }

    @Override
    public Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters) {
        return world.change(state -> {
            Map<ClusterId, Map<ClusterId, Double>> matrix = new TreeMap<>();
            for (ClusterId from : clusters) {
                Map<ClusterId, Double> row = new TreeMap<>();
                clusters.forEach(to -> latency(state, from, to).ifPresent(millis -> row.put(to, millis)));
                if (!row.isEmpty()) {
                    matrix.put(from, row);
                }
            }
            return matrix;
        });
    }

    private Optional<Double> latency(WorldState state, ClusterId from, ClusterId to) {
        if (node(state, from).isEmpty() || node(state, to).isEmpty()) {
            return Optional.empty();
        }
        Map<String, Double> row = world.scenario().latencyMillis().getOrDefault(from.name(), Map.of());
        return Optional.ofNullable(row.get(to.name())).or(() -> from.equals(to) ? Optional.of(0.0) : Optional.empty());
    }

    private static Optional<Node> node(WorldState state, ClusterId id) {
        return id.source().equals(World.SOURCE) ? state.nodes().find(id.name()) : Optional.empty();
    }

    private ClusterSignals signalsOf(ClusterModel model, Instant now) {
        List<Double> curve = model.carbonGramsPerKwh();
        if (curve.isEmpty()) {
            return new ClusterSignals(
                    OptionalDouble.empty(), model.renewableShare(), model.pricePerCpuHour(), List.of());
        }
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        Stream<Instant> hours =
                IntStream.rangeClosed(1, FORECAST_HOURS).mapToObj(ahead -> hour.plus(ahead, ChronoUnit.HOURS));
        List<ForecastPoint> forecast = Stream.concat(Stream.of(now.truncatedTo(ChronoUnit.MINUTES)), hours)
                .map(at -> new ForecastPoint(world.clock().outside(at), at(curve, at)))
                .toList();
        return new ClusterSignals(
                OptionalDouble.of(at(curve, now)), model.renewableShare(), model.pricePerCpuHour(), forecast);
    }

    private static double at(List<Double> curve, Instant moment) {
        return curve.get(moment.atOffset(ZoneOffset.UTC).getHour());
    }
}
