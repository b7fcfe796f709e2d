// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * The receiver of all webhooks fails, and many deliveries wait. Measures deployments meanwhile, and the time
 * until everything is delivered after its recovery.
 */
final class DeliveryPhase implements BenchPhase {

    private static final double SHARE = 0.5;
    private static final int LONGEST_OPEN_SECONDS = 20;
    private static final int FEWEST_WEBHOOKS = 2;
    private static final int MOST_WEBHOOKS = 20;
    private static final int DELIVERIES_PER_WEBHOOK = 500;
    /** Events of a graph: accepted, decided and deployed; each of its services has one more. */
    private static final int EVENTS_OF_A_GRAPH = 3;

    @Override
    public String name() {
        return "deliveries";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        return bench.host(temporaryGraphs -> run(bench, temporaryGraphs, figures));
    }

    private static boolean run(BenchContext bench, TemporaryGraphs temporaryGraphs, ObjectNode figures)
            throws IOException, InterruptedException {
        int count = webhooks(bench.options().deliveries());
        DeliveryReceipts receipts = new DeliveryReceipts(count);
        BenchWebhooks webhooks = new BenchWebhooks(bench.server());
        figures.put("webhooks", count);
        bench.server().afterCollection(figures, "heapMegabytesBefore");
        try (DeliveryReceiver receiver = new DeliveryReceiver(receipts, count)) {
            try {
                for (int number = 0; number < count; number++) {
                    webhooks.register(receiver.url(number));
                }
                long begin = new ServerEventLog(bench.server()).last();
                boolean good =
                        fill(bench, temporaryGraphs, webhooks, figures) && deploy(bench, temporaryGraphs, figures);
                figures.put("waitingMost", webhooks.waiting());
                figures.put("refusedAttempts", receiver.refused());
                Set<String> events = new ServerEventLog(bench.server()).idsAfter(begin);
                receiver.open();
                boolean drained = drain(count * events.size(), receipts, webhooks, figures);
                return isComplete(receipts, events, figures) && drained && good;
            } finally {
                webhooks.remove();
            }
        }
    }

    /** Few webhooks for few deliveries, so that the deliveries belong to more than a handful of events. */
    private static int webhooks(int deliveries) {
        return Math.max(FEWEST_WEBHOOKS, Math.min(MOST_WEBHOOKS, deliveries / DELIVERIES_PER_WEBHOOK));
    }

    private static boolean fill(
            BenchContext bench, TemporaryGraphs temporaryGraphs, BenchWebhooks webhooks, ObjectNode figures)
            throws IOException, InterruptedException {
        int wanted = bench.options().deliveries();
        int perGraph = webhooks(wanted) * (EVENTS_OF_A_GRAPH + bench.fleet().services());
        long begun = System.nanoTime();
        temporaryGraphs.deploy((wanted + perGraph - 1) / perGraph);
        boolean good = temporaryGraphs.settle()
                && new ProgressPoller(webhooks::waiting, wanted, BenchChange.PATIENCE_SECONDS).await(begun);
        figures.put("filledSeconds", NumberFormats.rounded((System.nanoTime() - begun) / 1e9));
        figures.put("waiting", webhooks.waiting());
        bench.server().afterCollection(figures, "heapMegabytes");
        return good;
    }

    private static boolean deploy(BenchContext bench, TemporaryGraphs temporaryGraphs, ObjectNode figures)
            throws IOException, InterruptedException {
        double perSecond = SHARE * bench.sustainedPerSecond();
        figures.put("deploysPerSecond", NumberFormats.rounded(perSecond));
        bench.openLoop(
                        List.of(temporaryGraphs.deploys(perSecond)),
                        Math.min(LONGEST_OPEN_SECONDS, bench.options().spans().openSeconds()),
                        figures)
                .into(figures);
        boolean good = temporaryGraphs.settle();
        figures.put("lost", temporaryGraphs.lost());
        return good;
    }

    /** @param all number of expected deliveries; after them the server is asked for waiting ones */
    private static boolean drain(int all, DeliveryReceipts receipts, BenchWebhooks webhooks, ObjectNode figures)
            throws IOException, InterruptedException {
        ProgressPoller progress = new ProgressPoller(
                () -> receipts.received() < all ? receipts.received() : all - webhooks.waiting(),
                all,
                BenchChange.PATIENCE_SECONDS);
        boolean good = progress.await(System.nanoTime());
        figures.put("drainedSeconds", NumberFormats.rounded(progress.seconds()));
        figures.put("deliveriesPerSecond", NumberFormats.rounded(progress.perSecond()));
        return good;
    }

    private static boolean isComplete(DeliveryReceipts receipts, Set<String> events, ObjectNode figures) {
        int missing = receipts.missing(events);
        figures.put("events", events.size());
        figures.put("received", receipts.received());
        figures.put("duplicates", receipts.duplicates());
        figures.put("missing", missing);
        return missing == 0;
    }
}
