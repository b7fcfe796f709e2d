// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiRequest;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Repeats a request until it is answered, however often the server dies meanwhile; gives up now and then, as people do. */
final class RetryingCaller {

    private static final int UNAVAILABLE = 503;
    private static final long PAUSE_MILLIS = 50;

    private final ServerApi api;
    private final PromiseLedger ledger;
    private final Random random;
    private final double givesUp;
    private final Duration timeout;

    /**
     * The end of a request.
     *
     * @param answer empty when the client gave up without knowing the outcome of the request
     * @param repeated whether an earlier try got no answer, so that it may have had its effect
     */
    record RetriedOutcome(Optional<ApiResponse> answer, boolean repeated) {}

    /**
     * @param givesUp probability of giving up after a lost answer, 0 to 1
     * @param timeout time after which a missing answer is a finding
     */
    RetryingCaller(ServerApi api, PromiseLedger ledger, Random random, double givesUp, Duration timeout) {
        this.api = api;
        this.ledger = ledger;
        this.random = random;
        this.givesUp = givesUp;
        this.timeout = timeout;
    }

    /** @throws IllegalStateException after minutes without an answer */
    RetriedOutcome ask(ApiRequest request) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        boolean repeated = false;
        String last = "";
        while (System.nanoTime() < end) {
            try {
                ApiResponse answer = api.send(request);
                if (answer.isOfUnfinishedServer()) {
                    ledger.unfinished();
                } else if (answer.status() != UNAVAILABLE) {
                    return new RetriedOutcome(Optional.of(answer), repeated);
                }
                last = answer.text();
            } catch (ConnectException | HttpConnectTimeoutException e) {
                // no connection: the request cannot have had an effect
                last = e.toString();
            } catch (IOException e) {
                last = e.toString();
                if (random.nextDouble() < givesUp) {
                    ledger.abandon();
                    return new RetriedOutcome(Optional.empty(), true);
                }
                repeated = true;
                ledger.repeat();
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        throw new IllegalStateException("%s %s was not answered for %d s, the last answer was: %s"
                .formatted(request.method(), request.path(), timeout.toSeconds(), last));
    }
}
