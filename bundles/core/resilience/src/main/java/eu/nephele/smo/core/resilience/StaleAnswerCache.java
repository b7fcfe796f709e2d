// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import eu.nephele.smo.api.port.AdapterException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last good answer of each operation without arguments, with its age. Goes with the adapter that gave it. */
final class StaleAnswerCache {

    private static final Logger LOG = LoggerFactory.getLogger(StaleAnswerCache.class);

    private record CachedAnswer(Object value, long at) {}

    private final Map<GuardedOperation, CachedAnswer> known = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** @param nanos monotonic time */
    StaleAnswerCache(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void keep(GuardedOperation operation, Object value) {
        known.put(operation, new CachedAnswer(value, nanos.getAsLong()));
    }

    /** In place of a failure, where the answer is not too old. */
    Optional<Object> instead(AdapterException failure, String system, GuardedOperation operation, Duration oldest) {
        Optional<CachedAnswer> usable = Optional.ofNullable(known.get(operation))
                .filter(answer -> age(answer).compareTo(oldest) <= 0);
        usable.ifPresent(answer -> LOG.warn(
                "answering from cache system={} operation={} ageSeconds={} reason=\"{}\"",
                system,
                operation.name(),
                age(answer).toSeconds(),
                failure.getMessage()));
        return usable.map(CachedAnswer::value);
    }

    private Duration age(CachedAnswer answer) {
        return Duration.ofNanos(nanos.getAsLong() - answer.at());
    }
}
