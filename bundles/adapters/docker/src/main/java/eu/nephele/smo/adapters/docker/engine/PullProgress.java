// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import com.github.dockerjava.api.model.PullResponseItem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads what an engine tells while it pulls: layers, their bytes, and at the end perhaps that it failed. */
final class PullProgress extends QuietCallback<PullResponseItem> {

    private static final long MEBIBYTE = 1L << 20;
    private static final int MOST_LAYERS = 1000;

    private final Consumer<String> progress;
    private final Map<String, Long> bytes = new ConcurrentHashMap<>();
    private volatile Optional<String> failure = Optional.empty();

    PullProgress(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public void onNext(PullResponseItem item) {
        if (item.getErrorDetail() != null && item.getErrorDetail().getMessage() != null) {
            failure = Optional.of(item.getErrorDetail().getMessage());
            return;
        }
        if (item.getId() != null
                && item.getProgressDetail() != null
                && item.getProgressDetail().getCurrent() != null
                && bytes.size() < MOST_LAYERS) {
            bytes.merge(item.getId(), item.getProgressDetail().getCurrent(), Math::max);
        }
        progress.accept("pulling the image, %d MiB so far"
                .formatted(bytes.values().stream().mapToLong(Long::longValue).sum() / MEBIBYTE));
    }

    /** What the engine said when it could not. */
    Optional<String> failure() {
        return failure;
    }

    /** @return whether it ended in time; the stream is closed then and otherwise */
    boolean await(Duration limit) {
        try {
            boolean ended = awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS);
            requireWhole();
            return ended;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
