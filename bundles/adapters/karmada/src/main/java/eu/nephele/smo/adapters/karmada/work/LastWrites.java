// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Workloads as the server returned them during changes. A watch may report older states: a change judged by those would seem
 * done too early.
 */
public final class LastWrites {

    private static final int MOST = 50_000;

    private record RecordedWrite(String uid, long generation, String revision, long at) {}

    private final long longestNanos;
    private final Map<String, RecordedWrite> written = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RecordedWrite> eldest) {
            return size() > MOST;
        }
    };

    /** @param longest time after which everything was listed again, so that a watch is no longer behind */
    public LastWrites(Duration longest) {
        this.longestNanos = longest.toNanos();
    }

    /** @param now state in the server's own answer */
    public synchronized void put(ObservedWorkload now) {
        written.put(key(now), new RecordedWrite(now.uid(), now.generation(), now.revision(), System.nanoTime()));
    }

    public synchronized boolean areNewerThan(ObservedWorkload told) {
        Optional<RecordedWrite> last = Optional.ofNullable(written.get(key(told)))
                .filter(it -> System.nanoTime() - it.at() < longestNanos)
                .filter(it -> isBehind(told, it));
        if (last.isEmpty()) {
            written.remove(key(told));
        }
        return last.isPresent();
    }

    private static boolean isBehind(ObservedWorkload told, RecordedWrite last) {
        boolean marked =
                told.generation() > last.generation() || told.revision().equals(last.revision());
        return !told.uid().equals(last.uid()) || told.generation() < last.generation() || !marked;
    }

    private static String key(ObservedWorkload workload) {
        return workload.kind() + " " + workload.namespace() + "/" + workload.name();
    }
}
