// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keeps the last bytes of what a container has written, and no more. */
final class LogLines extends QuietCallback<Frame> {

    private final int maxBytes;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean cut;

    LogLines(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public synchronized void onNext(Frame frame) {
        kept.writeBytes(frame.getPayload());
        if (kept.size() > 2L * maxBytes) {
            byte[] all = kept.toByteArray();
            kept.reset();
            kept.write(all, all.length - maxBytes, maxBytes);
            cut = true;
        }
    }

    /** Waits for the end of the stream, at most so long; what came until then counts. */
    List<String> await(Duration limit) {
        try {
            awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS);
            requireWhole();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        return lines();
    }

    private synchronized List<String> lines() {
        byte[] all = kept.toByteArray();
        int from = Math.max(0, all.length - maxBytes);
        List<String> lines = new String(all, from, all.length - from, StandardCharsets.UTF_8)
                .lines()
                .toList();
        // the first one may begin in its middle
        return (cut || from > 0) && !lines.isEmpty() ? lines.subList(1, lines.size()) : lines;
    }
}
