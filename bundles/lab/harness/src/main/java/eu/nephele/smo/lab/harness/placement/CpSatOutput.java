// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.lab.conformance.Columns;
import eu.nephele.smo.lab.harness.placement.PlacementRow.RowStatus;
import eu.nephele.smo.lab.harness.placement.PlacementTrace.TracePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the program of CP-SAT prints: {@code version V}, {@code built SECONDS}, {@code solution SECONDS CLUSTER...} for each that it finds, the
 * cluster by service, and {@code end STATUS SECONDS BOUND}, the bound {@code none} if it has none. Values are recomputed from the clusters.
 *
 * @param seconds duration of the search
 * @param status that it names itself; "" if it has named none
 */
record CpSatOutput(
        String version,
        double buildSeconds,
        double seconds,
        PlacementTrace trace,
        CheckedAnswer answer,
        String status) {

    /** Proven: there is no placement. */
    static final String INFEASIBLE = "INFEASIBLE";

    private static final String NO_BOUND = "none";

    /** A program that was killed leaves a line without an end, which does not count. */
    static CpSatOutput parse(Instance instance, String output) {
        String version = "";
        double buildSeconds = 0;
        double seconds = 0;
        List<TracePoint> points = new ArrayList<>();
        CheckedAnswer answer = CheckedAnswer.failed("it did not say how it ended");
        String status = "";
        int[] best = {};
        for (String line :
                output.substring(0, output.lastIndexOf('\n') + 1).lines().toList()) {
            String[] words = line.split(" ", -1);
            try {
                switch (words[0]) {
                    case "version" -> version = words[1];
                    case "built" -> buildSeconds = Double.parseDouble(words[1]);
                    case "solution" -> {
                        best = Stream.of(words)
                                .skip(2)
                                .mapToInt(Integer::parseInt)
                                .toArray();
                        points.add(point(instance, Double.parseDouble(words[1]), best));
                    }
                    case "end" -> {
                        seconds = Double.parseDouble(words[2]);
                        status = words[1];
                        answer = answer(instance, best, status, words[3]);
                    }
                    default -> throw new IllegalArgumentException("unknown word");
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException nonsense) {
                return new CpSatOutput(
                        version,
                        buildSeconds,
                        seconds,
                        PlacementTrace.NONE,
                        CheckedAnswer.failed(
                                "its line '%.80s' cannot be read: %s".formatted(line, nonsense.getMessage())),
                        "");
            }
        }
        return new CpSatOutput(version, buildSeconds, seconds, new PlacementTrace(points), answer, status);
    }

    private static TracePoint point(Instance instance, double seconds, int... clusters) {
        CheckedAnswer found = CheckedAnswer.from(
                instance, new Placed(Columns.placement(instance.request(), clusters), Quality.HEURISTIC));
        return new TracePoint(seconds, found.value().orElse(Long.MAX_VALUE));
    }

    private static CheckedAnswer answer(Instance instance, int[] clusters, String status, String bound) {
        OptionalLong boundMicros = bound.equals(NO_BOUND)
                ? OptionalLong.empty()
                : OptionalLong.of(Math.multiplyExact(Long.parseLong(bound), Costs.MICROS));
        if (clusters.length == 0) {
            OptionalLong units = boundMicros.isEmpty() ? boundMicros : OptionalLong.of(Long.parseLong(bound));
            return new CheckedAnswer(RowStatus.NONE, OptionalLong.empty(), units, "");
        }
        StopReason stop = status.equals("OPTIMAL") ? StopReason.PROVEN_OPTIMAL : StopReason.BUDGET;
        return CheckedAnswer.from(
                instance,
                new Placed(
                        Columns.placement(instance.request(), clusters),
                        new Quality(stop, boundMicros, OptionalLong.empty(), "")));
    }
}
