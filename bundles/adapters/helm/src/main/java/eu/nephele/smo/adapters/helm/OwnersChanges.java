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
 * Changes in workers while this server owns its database: one change consists of many requests of Helm. During a change its
 * worker is notified repeatedly of the remaining tenure, and is killed at its end. A worker without notifications for so long, because
 * this server pauses, ends itself. Calls that change nothing never cause that.
 */
final class OwnersChanges {

    /** Longest delay until the end of the tenure is noticed: it raises no event. */
    private static final long LOOK_MILLIS = 100;

    private final OwnerFence fence;
    private final ScheduledExecutorService timer;

    /** @param timer its thread polls the tenure, and is never blocked by other work */
    OwnersChanges(OwnerFence fence, ScheduledExecutorService timer) {
        this.fence = fence;
        this.timer = timer;
    }

    /**
     * @throws eu.nephele.smo.api.port.AdapterException {@code UNAVAILABLE} if the tenure is over; nothing was started
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
