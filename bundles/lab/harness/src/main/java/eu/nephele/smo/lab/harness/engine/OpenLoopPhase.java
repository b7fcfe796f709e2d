// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** Deployments at 80 % of the sustained rate, and reads beside them, sent when they are due. */
final class OpenLoopPhase implements BenchPhase {

    private static final double SHARE = 0.8;
    private static final double GETS_PER_SECOND = 50;
    private static final double PAGES_PER_SECOND = 5;
    private static final double EXPLANATIONS_PER_SECOND = 5;
    private static final long SEED = 14;

    @Override
    public String name() {
        return "open";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        return bench.host(temporaryGraphs -> run(bench, temporaryGraphs, figures));
    }

    private static boolean run(BenchContext bench, TemporaryGraphs temporaryGraphs, ObjectNode figures)
            throws IOException, InterruptedException {
        Random random = new Random(SEED);
        double perSecond = SHARE * bench.sustainedPerSecond();
        figures.put("deploysPerSecond", NumberFormats.rounded(perSecond));
        RequestTallies tallies = bench.openLoop(
                List.of(
                        temporaryGraphs.deploys(perSecond),
                        new OpenLoop.Stream("get", GETS_PER_SECOND, number -> ReadPhase.aGraph(bench.fleet(), random)),
                        new OpenLoop.Stream("page", PAGES_PER_SECOND, number -> ReadPhase.aPage("")),
                        new OpenLoop.Stream(
                                "explain",
                                EXPLANATIONS_PER_SECOND,
                                number -> ReadPhase.anExplanation(bench.fleet(), random))),
                bench.options().spans().openSeconds(),
                figures);
        tallies.into(figures);
        boolean good = temporaryGraphs.settle();
        figures.put("lost", temporaryGraphs.lost());
        return good;
    }
}
