// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Offers five times the deployments that the server can do, then as many as it can do. Measures accepted, refused, done
 * and lost ones, and the time until the former rate is reached again.
 */
final class OverloadPhase implements BenchPhase {

    private static final double TIMES = 5;
    private static final double FULL = 0.8;
    private static final double WINDOW_SECONDS = 3;
    private static final double LONGEST_AFTER_SECONDS = 20;

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        return bench.host(temporaryGraphs -> run(bench, temporaryGraphs, figures));
    }

    private static boolean run(BenchContext bench, TemporaryGraphs temporaryGraphs, ObjectNode figures)
            throws IOException, InterruptedException {
        double full = bench.sustainedPerSecond();
        double seconds = bench.options().spans().overloadSeconds();
        double afterSeconds = Math.min(LONGEST_AFTER_SECONDS, Math.max(2 * WINDOW_SECONDS, seconds));
        EngineServer server = bench.server();
        DoneCurve curve = new DoneCurve();
        ServerPoller serverPoller = ServerPoller.begin(time -> {
            long taken = temporaryGraphs.acknowledged();
            curve.add(time, taken - server.openOperations());
        });
        long begun = System.nanoTime();
        try {
            RequestTally tally = bench.openLoop(List.of(temporaryGraphs.deploys(TIMES * full)), seconds, figures)
                    .first();
            double end = (System.nanoTime() - begun) / 1e9;
            report(figures, tally, seconds, end);
            ObjectNode after = figures.withObjectProperty("after");
            bench.openLoop(List.of(temporaryGraphs.deploys(full)), afterSeconds, after)
                    .first()
                    .into(after);
            figures.put("donePerSecond", NumberFormats.rounded(curve.perSecond(0, end)));
            figures.put("doneShareOfFullRate", NumberFormats.rounded(curve.perSecond(0, end) / full));
            OptionalDouble recovered = curve.reached(FULL * full, end, WINDOW_SECONDS);
            figures.put("recovered", recovered.isPresent());
            recovered.ifPresent(time -> figures.put("recoverySeconds", NumberFormats.rounded(time)));
        } finally {
            serverPoller.end();
        }
        boolean good = temporaryGraphs.settle();
        figures.put("lost", temporaryGraphs.lost());
        figures.put("halfAccepted", temporaryGraphs.halfAccepted());
        return good;
    }

    private static void report(ObjectNode figures, RequestTally tally, double seconds, double end) {
        figures.put("seconds", seconds);
        figures.put("answeredSeconds", NumberFormats.rounded(end));
        figures.put("offeredPerSecond", NumberFormats.rounded(tally.count() / seconds));
        figures.put("acceptedPerSecond", NumberFormats.rounded(tally.taken() / seconds));
        tally.into(figures);
    }
}
