// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Tally of requests. Thread-safe. */
final class RequestTally {

    private static final int FIRST_FAILURE = 400;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final LatencyHistogram latencies = new LatencyHistogram();
    private int refused;
    private int refusedWithoutRetryAfter;
    private int failed;
    private Optional<String> firstFailure = Optional.empty();

    enum Ending {
        /** it was done, or will be */
        TAKEN,
        /** refused for lack of capacity, for now */
        REFUSED,
        /** refused for another reason, or not answered: its effect is unknown */
        FAILED
    }

    /** @param retryAfter whether the answer says when to retry */
    record ResponseClass(int status, boolean retryAfter, String body) {

        Ending ending() {
            if (status < FIRST_FAILURE) {
                return Ending.TAKEN;
            }
            return status == TOO_MANY || status == UNAVAILABLE ? Ending.REFUSED : Ending.FAILED;
        }
    }

    synchronized Ending add(ResponseClass answer, long nanos) {
        switch (answer.ending()) {
            case TAKEN -> latencies.add(nanos);
            case REFUSED -> {
                refused++;
                refusedWithoutRetryAfter += answer.retryAfter() ? 0 : 1;
            }
            case FAILED -> unanswered("%d %s".formatted(answer.status(), answer.body()));
        }
        return answer.ending();
    }

    synchronized Ending unanswered(String why) {
        failed++;
        if (firstFailure.isEmpty()) {
            firstFailure = Optional.of(why);
        }
        return Ending.FAILED;
    }

    LatencyHistogram latencies() {
        return latencies;
    }

    int taken() {
        return latencies.count();
    }

    synchronized int failed() {
        return failed;
    }

    synchronized int count() {
        return taken() + refused + failed;
    }

    /** Latencies of accepted requests, and the number of others. */
    synchronized void into(ObjectNode figures) {
        latencies.into(figures);
        figures.put("refused", refused);
        figures.put("refusedWithoutRetryAfter", refusedWithoutRetryAfter);
        figures.put("failedCalls", failed);
        firstFailure.ifPresent(why -> figures.put("firstFailure", why));
    }
}
