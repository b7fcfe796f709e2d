// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The timers of all graphs are due at the same moment: the process of the server is stopped until each of them is
 * overdue, and goes on. Meanwhile a person deploys.
 */
final class TimerPhase implements BenchPhase {

    private static final double PERSON_PER_SECOND = 10;
    private static final double LONGEST_PERSON_SECONDS = 10;
    /** Number of times that timers are due while the person deploys, unless that takes too long. */
    private static final double ROUNDS = 2;

    private static final long BEHIND_SECONDS = 2;

    @Override
    public String name() {
        return "timers";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        return bench.host(temporaryGraphs -> run(bench, temporaryGraphs, figures));
    }

    private static boolean run(BenchContext bench, TemporaryGraphs temporaryGraphs, ObjectNode figures)
            throws IOException, InterruptedException {
        int timers = bench.acknowledged().count();
        long pause = bench.options().spans().driftSeconds() + BEHIND_SECONDS;
        EngineServer server = bench.server();
        server.process().signal("STOP");
        try {
            TimeUnit.SECONDS.sleep(pause);
        } finally {
            server.process().signal("CONT");
        }
        double personSeconds = Math.min(
                LONGEST_PERSON_SECONDS, ROUNDS * bench.options().spans().driftSeconds());
        QueueBacklog backlog = new QueueBacklog(timers);
        ServerPoller serverPoller = ServerPoller.begin(seconds -> backlog.record(seconds, server.queued()));
        try {
            bench.openLoop(List.of(temporaryGraphs.deploys(PERSON_PER_SECOND)), personSeconds, figures)
                    .into(figures);
            backlog.awaitThrough();
        } finally {
            serverPoller.end();
        }
        figures.put("timers", timers);
        figures.put("stoppedSeconds", pause);
        figures.put("queuedMost", backlog.most());
        figures.put("throughSeconds", NumberFormats.rounded(backlog.throughSeconds()));
        boolean good = temporaryGraphs.settle();
        figures.put("lost", temporaryGraphs.lost());
        return good && backlog.isThrough();
    }
}
