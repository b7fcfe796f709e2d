// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal.history;

import eu.nephele.smo.core.contract.store.HistoryStore;
import eu.nephele.smo.core.contract.store.HistoryStore.ActivityCount;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Counts of what happened, kept for seconds: a page that is open in many windows is counted once. */
final class ActivityCounts {

    static final Duration AGE = Duration.ofSeconds(5);
    private static final int MOST = 32;

    private record ActivityQuestion(HistorySpan span, int parts) {}

    private record KeptCounts(List<ActivityCount> counts, long at) {}

    private final HistoryStore history;
    private final LongSupplier nanos;
    // oldest first
    private final Map<ActivityQuestion, KeptCounts> answers = new LinkedHashMap<>();

    ActivityCounts(HistoryStore history, LongSupplier nanos) {
        this.history = history;
        this.nanos = nanos;
    }

    /** One question at a time: who asks the same meanwhile gets that answer. */
    synchronized List<ActivityCount> count(HistorySpan span, int parts) {
        long now = nanos.getAsLong();
        answers.values().removeIf(answer -> now - answer.at() > AGE.toNanos());
        ActivityQuestion question = new ActivityQuestion(span, parts);
        KeptCounts known = answers.get(question);
        if (known != null) {
            return known.counts();
        }
        List<ActivityCount> counts = history.activity(span, span.part(parts));
        if (answers.size() >= MOST) {
            answers.remove(answers.keySet().iterator().next());
        }
        answers.put(question, new KeptCounts(counts, now));
        return counts;
    }
}
