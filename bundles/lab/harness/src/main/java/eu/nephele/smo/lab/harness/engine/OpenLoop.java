// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Sends requests when they are due, however long the answers to earlier ones take. A latency counts from the moment at which its
 * request was due: waiting behind a slow answer, or for one of our own connections, counts too.
 */
final class OpenLoop {

    private static final double NANOS_PER_SECOND = 1e9;

    private final LoadTarget target;
    private final Pace pace;
    private final int mostAtOnce;

    /** @param mostAtOnce most requests under way; a further one waits */
    OpenLoop(LoadTarget target, Pace pace, int mostAtOnce) {
        this.target = target;
        this.pace = pace;
        this.mostAtOnce = mostAtOnce;
    }

    interface LoadTarget {

        CompletableFuture<RequestTally.ResponseClass> send(ClosedLoop.HttpRequestSpec httpRequestSpec);
    }

    interface Pace {

        long nanos();

        /** Waits until that time; returns at once when it is over. */
        void until(long nanos) throws InterruptedException;
    }

    /** Receives the outcome of a request, on any thread. */
    interface Heard {

        void heard(int number, RequestTally.Ending ending);
    }

    /**
     * Requests of one kind, at equal distances.
     *
     * @param calls makes the requests 0, 1, …
     * @param heard receives the outcome of each once
     */
    record Stream(String kind, double perSecond, ClosedLoop.RequestMaker calls, Heard heard) {

        Stream(String kind, double perSecond, ClosedLoop.RequestMaker calls) {
            this(kind, perSecond, calls, (number, ending) -> {});
        }

        private long dueNanos(int number, double offset) {
            return Math.round((number + offset) / perSecond * NANOS_PER_SECOND);
        }
    }

    /** Sends for that time, and waits for the last answer. */
    RequestTallies run(List<Stream> streams, double seconds) throws InterruptedException {
        List<RequestTally> tallies =
                streams.stream().map(stream -> new RequestTally()).toList();
        Semaphore room = new Semaphore(mostAtOnce);
        int[] sent = new int[streams.size()];
        long begin = pace.nanos();
        long last = Math.round(seconds * NANOS_PER_SECOND);
        int next = next(streams, sent);
        while (due(streams, sent, next) < last) {
            long due = begin + due(streams, sent, next);
            pace.until(due);
            room.acquire();
            send(streams.get(next), sent[next], due, tallies.get(next), room);
            sent[next]++;
            next = next(streams, sent);
        }
        room.acquire(mostAtOnce);
        return new RequestTallies(streams.stream().map(Stream::kind).toList(), tallies);
    }

    private void send(Stream stream, int number, long due, RequestTally tally, Semaphore room) {
        CompletableFuture<?> unused = target.send(stream.calls().create(number)).whenComplete((answer, failure) -> {
            try {
                long took = pace.nanos() - due;
                RequestTally.Ending ending =
                        failure == null ? tally.add(answer, took) : tally.unanswered(failure.toString());
                stream.heard().heard(number, ending);
            } finally {
                room.release();
            }
        });
    }

    /** The stream whose next request is due first. */
    private static int next(List<Stream> streams, int[] sent) {
        int first = 0;
        for (int i = 1; i < sent.length; i++) {
            if (due(streams, sent, i) < due(streams, sent, first)) {
                first = i;
            }
        }
        return first;
    }

    /** Streams begin one after the other, so that their requests are not simultaneous. */
    private static long due(List<Stream> streams, int[] sent, int stream) {
        return streams.get(stream).dueNanos(sent[stream], (stream + 1.0) / (streams.size() + 1));
    }
}
