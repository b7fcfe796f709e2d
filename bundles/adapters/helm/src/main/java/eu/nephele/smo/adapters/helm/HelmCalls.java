// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.worker.Frame;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Starts calls of Helm in a worker process. */
interface HelmCalls {

    /**
     * @param limit time to wait for its answer
     * @return fails with a {@link java.util.concurrent.TimeoutException} or an {@link java.io.IOException} (the worker
     * ended)
     * @throws eu.nephele.smo.api.port.AdapterException when it was not even begun
     */
    QueuedHelmCall begin(String word, Map<String, String> texts, Duration limit);

    /**
     * One changing call: begun only while this server owns its database, and aborted when the ownership ends, with a
     * {@link TenureEnded}. Otherwise as {@link #begin}.
     *
     * @throws eu.nephele.smo.api.port.AdapterException when it was not even begun
     */
    QueuedHelmCall change(String word, Map<String, String> texts, Duration limit);

    /** @param end completed when the worker no longer works on it; later than an overdue answer */
    record QueuedHelmCall(CompletableFuture<Frame> answer, CompletableFuture<Void> end) {}
}
