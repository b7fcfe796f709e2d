// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import eu.nephele.smo.api.port.AdapterException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records whether cached objects are current, and since when they are not. The log reports it, again each minute. */
final class CacheFreshness {

    private static final Logger LOG = LoggerFactory.getLogger(CacheFreshness.class);
    private static final Duration REMIND = Duration.ofMinutes(1);

    private final String system;
    private final String name;
    private long remindedAt;
    private volatile boolean complete;
    private volatile Optional<Long> failingSince = Optional.empty();
    private volatile Optional<AdapterException> failure = Optional.empty();

    CacheFreshness(String system, String name) {
        this.system = system;
        this.name = name;
    }

    boolean isComplete() {
        return complete;
    }

    void awaitFirst(long deadlineNanos) {
        InitialSync.until(() -> complete || failingSince.isPresent(), deadlineNanos);
    }

    Optional<Duration> failingFor() {
        return failingSince.map(since -> Duration.ofNanos(System.nanoTime() - since));
    }

    Optional<AdapterException> failure() {
        return failure;
    }

    /** @return whether the cache was stale before */
    synchronized boolean confirmed() {
        Optional<Duration> age = failingFor();
        age.ifPresent(was -> LOG.info("cache updated system={} cache=\"{}\" after={}s", system, name, was.toSeconds()));
        failingSince = Optional.empty();
        failure = Optional.empty();
        complete = true;
        return age.isPresent();
    }

    synchronized void failed(AdapterException why) {
        long now = System.nanoTime();
        boolean first = failingSince.isEmpty();
        failingSince = Optional.of(failingSince.orElse(now));
        failure = Optional.of(why);
        if (first || now - remindedAt > REMIND.toNanos()) {
            remindedAt = now;
            LOG.warn(
                    "cache stale system={} cache=\"{}\" age={}s reason=\"{}\"; retrying",
                    system,
                    name,
                    failingFor().orElse(Duration.ZERO).toSeconds(),
                    why.getMessage());
        }
    }
}
