// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.api.port.AuditSink;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Passes each record to all present sinks of other bundles, to each in order and on a thread of its own. */
final class SinkDispatcher implements AutoCloseable {

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int WAITING = 10_000;

    private final Map<AuditSink, SinkFeed> feeds = new ConcurrentHashMap<>();

    void addSink(AuditSink sink) {
        feeds.put(sink, new SinkFeed(sink, WAITING, AGAIN));
    }

    void removeSink(AuditSink sink) {
        Optional.ofNullable(feeds.remove(sink)).ifPresent(SinkFeed::close);
    }

    void add(AuditRecord entry) {
        feeds.values().forEach(feed -> feed.add(entry));
    }

    @Override
    public void close() {
        feeds.values().forEach(SinkFeed::close);
        feeds.clear();
    }
}
