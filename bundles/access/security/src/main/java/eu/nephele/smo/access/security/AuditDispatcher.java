// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import eu.nephele.smo.api.port.AuditSink;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.access.AuditTrail;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Passes each record to all present sinks, to each in order and on a thread of its own. */
@Component(service = AuditTrail.class)
public final class AuditDispatcher implements AuditTrail {

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int WAITING = 10_000;

    private final Map<AuditSink, SinkFeed> feeds = new ConcurrentHashMap<>();

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addSink(AuditSink sink) {
        feeds.put(sink, new SinkFeed(sink, WAITING, AGAIN));
    }

    void removeSink(AuditSink sink) {
        Optional.ofNullable(feeds.remove(sink)).ifPresent(SinkFeed::close);
    }

    @Deactivate
    void close() {
        feeds.values().forEach(SinkFeed::close);
        feeds.clear();
    }

    @Override
    public void record(AuditRecord entry) {
        feeds.values().forEach(feed -> feed.add(entry));
    }
}
