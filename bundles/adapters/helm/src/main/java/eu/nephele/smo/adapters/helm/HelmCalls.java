// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.worker.Frame;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks Helm. */
interface HelmCalls {

    /**
     * One call.
     *
     * @param word what is asked for
     * @param limit after which its answer is not waited for any longer
     * @return fails with a {@link java.util.concurrent.TimeoutException} or an {@link java.io.IOException} (the worker is gone)
     * @throws eu.nephele.smo.api.port.AdapterException when it was not even begun
     */
    QueuedHelmCall begin(String word, Map<String, String> texts, Duration limit);

    /**
     * One call that changes something: begun only while this server owns its database, and cut off when it does not any more, with a
     * {@link TenureEnded}. Otherwise as {@link #begin}.
     *
     * @throws eu.nephele.smo.api.port.AdapterException when it was not even begun
     */
    QueuedHelmCall change(String word, Map<String, String> texts, Duration limit);

    /**
     * A call under way.
     *
     * @param answer what comes of it
     * @param end when nothing of it goes on in the worker any more; later than the answer where that was overdue
     */
    record QueuedHelmCall(CompletableFuture<Frame> answer, CompletableFuture<Void> end) {}
}
