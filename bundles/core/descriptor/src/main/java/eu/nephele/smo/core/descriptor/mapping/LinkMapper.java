// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.mapping;

import eu.nephele.smo.api.model.Link;
import eu.nephele.smo.api.model.Link.LatencyClass;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** The calls of one service: connection points, also those in the wrong place, with latencies and traffic. */
final class LinkMapper {

    private static final Map<String, LatencyClass> CLASSES =
            Map.of("ultralow", LatencyClass.ULTRALOW, "low", LatencyClass.LOW, "best-effort", LatencyClass.BEST_EFFORT);

    private LinkMapper() {}

    static List<Link> links(String from, LenientFields intent) {
        LenientFields network = intent.child("network");
        Map<String, Latency> latencies = latencies(network);
        Map<String, Double> traffic = new LinkedHashMap<>();
        network.child("traffic").members().forEach((to, rate) -> rate.asNumber()
                .ifPresent(number -> traffic.put(to, number.doubleValue())));
        Set<String> called = new LinkedHashSet<>(intent.texts("connectionPoints"));
        called.addAll(network.texts("connectionPoints"));
        called.addAll(latencies.keySet());
        called.addAll(traffic.keySet());
        return called.stream()
                .map(to -> {
                    Latency latency = latencies.getOrDefault(to, Latency.NONE);
                    return new Link(from, to, latency.wish(), latency.maxMillis(), traffic.getOrDefault(to, 1.0));
                })
                .toList();
    }

    /** Of several entries for one connection point the strictest counts. */
    private static Map<String, Latency> latencies(LenientFields network) {
        Map<String, Latency> byTarget = new LinkedHashMap<>();
        for (LenientFields entry : network.children("latencies")) {
            // an empty connection point means "none"
            entry.text("connectionPoint")
                    .filter(to -> !to.isEmpty())
                    .ifPresent(to -> byTarget.merge(
                            to,
                            new Latency(
                                    entry.text("qos").map(CLASSES::get).orElse(LatencyClass.BEST_EFFORT),
                                    entry.decimal("maxMillis")),
                            Latency::stricter));
        }
        return byTarget;
    }

    private record Latency(LatencyClass wish, OptionalDouble maxMillis) {

        static final Latency NONE = new Latency(LatencyClass.BEST_EFFORT, OptionalDouble.empty());

        Latency stricter(Latency other) {
            double least = Math.min(
                    maxMillis.orElse(Double.POSITIVE_INFINITY), other.maxMillis.orElse(Double.POSITIVE_INFINITY));
            return new Latency(
                    wish.compareTo(other.wish) <= 0 ? wish : other.wish,
                    least == Double.POSITIVE_INFINITY ? OptionalDouble.empty() : OptionalDouble.of(least));
        }
    }
}
