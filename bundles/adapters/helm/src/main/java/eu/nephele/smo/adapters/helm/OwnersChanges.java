// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.worker.Frame;
import eu.nephele.smo.api.port.OwnerFence;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Changes in workers, for as long as this server owns its database: Helm makes many requests in one of them. While one is under way its
 * worker hears again and again what is left of the tenure, and is ended when nothing is. One that hears nothing for so long, because
 * this server stands still, ends itself. Calls that change nothing are never a reason.
 */
final class OwnersChanges {

    /** How late it may be noticed that the tenure has ended: nobody says so. */
    private static final long LOOK_MILLIS = 100;

    private final OwnerFence fence;
    private final ScheduledExecutorService timer;

    /** @param timer whose thread looks at the tenure, and is not kept waiting by anything else */
    OwnersChanges(OwnerFence fence, ScheduledExecutorService timer) {
        this.fence = fence;
        this.timer = timer;
    }

    /**
     * Asks the worker for a change.
     *
     * @throws eu.nephele.smo.api.port.AdapterException {@code UNAVAILABLE} when nothing of the tenure is left; nothing was asked for
     */
    CompletableFuture<Frame> ask(WorkerProcess worker, String word, Map<String, String> texts) {
        fence.require();
        Optional<Duration> left = fence.left();
        if (left.isEmpty()) {
            return worker.call(word, texts);
        }
        Map<String, String> all = new HashMap<>(texts);
        all.put(Frame.LEFT_MILLIS, Long.toString(left.get().toMillis()));
        CompletableFuture<Frame> answer = worker.call(word, all);
        Future<?> looks =
                timer.scheduleWithFixedDelay(() -> inspect(worker), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        CompletableFuture<Frame> unused = answer.whenComplete((frame, failed) -> looks.cancel(false));
        return answer;
    }

    private void inspect(WorkerProcess worker) {
        Duration left = fence.left().orElse(Duration.ZERO);
        if (left.isZero()) {
            worker.kill(new TenureEnded("this server no longer owns its database and has ended Helm"));
        } else {
            worker.write(left);
        }
    }
}
