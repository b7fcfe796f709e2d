// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.audit.AuditSettings.AuditPolicy;
import eu.nephele.smo.core.contract.access.AuditTrail;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditDraft;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditIntent;
import eu.nephele.smo.core.contract.audit.AuditService.AnchorState;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps entries before it returns: in the chain where this server owns the database and that answers in time, else in the local file.
 */
@Metric(
        value = "smo_audit_waiting_entries",
        type = MetricType.GAUGE,
        unit = "entries",
        meaning = "Entries that are not in the chain yet: in memory, or in the local file of a server whose "
                + "database takes nothing, or that stands by")
@Metric(
        value = "smo_audit_anchor_age_seconds",
        type = MetricType.GAUGE,
        unit = "seconds",
        meaning = "Time since all anchors had the head of the chain; 0 on a standby")
final class DurableTrail implements AuditTrail, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DurableTrail.class);
    private static final Duration SOON = Duration.ofSeconds(2);

    private final AuditSettings settings;
    private final SealSigner signer;
    private final LocalBuffer buffer;
    private final SinkDispatcher sinks = new SinkDispatcher();
    private final AuditMetrics metrics = new AuditMetrics(this::publish);
    private final NotedRecords noted = new NotedRecords(System::nanoTime);
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService counting = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "smo-audit-counts");
        made.setDaemon(true);
        return made;
    });
    private final Future<?> counts;
    // guarded by this
    private boolean owner;
    private Optional<OwnerWork> work = Optional.empty();

    /** @throws IOException when the key cannot be read or made */
    DurableTrail(AuditSettings settings) throws IOException {
        this.settings = settings;
        this.signer = SealSigner.from(settings.keyFile(), Instant.now());
        this.buffer = new LocalBuffer(settings.data().resolve("audit"), settings.bufferBytes());
        this.counts = counting.scheduleWithFixedDelay(
                () -> noted.sums().forEach(this::keepUnawaited), 1, 1, TimeUnit.SECONDS);
    }

    private void publish(MetricsRecorder recorder) {
        recorder.gauge("smo_audit_waiting_entries", Map.of(), this, DurableTrail::waiting);
        recorder.gauge("smo_audit_anchor_age_seconds", Map.of(), this, trail -> trail.now()
                .map(OwnerWork::anchorAge)
                .orElse(Duration.ZERO)
                .toSeconds());
    }

    SinkDispatcher sinks() {
        return sinks;
    }

    AuditMetrics metrics() {
        return metrics;
    }

    /** Entries that are not in the chain yet. */
    long waiting() {
        return buffer.size()
                + now().map(OwnerWork::writer).map(ChainWriter::size).orElse(0);
    }

    List<AnchorState> anchors() {
        return now().map(OwnerWork::anchors).orElseGet(() -> settings.anchors().stream()
                .map(place -> new AnchorState(place, 0, ""))
                .toList());
    }

    /** @param present whether this server owns the database, or will in a moment */
    synchronized void owns(boolean present) {
        owner = present;
        notifyAll();
    }

    /** Begins to write the chain, or ends it. */
    void work(Optional<ChainServices> services) {
        Optional<OwnerWork> former;
        synchronized (this) {
            former = work;
            work = Optional.empty();
        }
        former.ifPresent(OwnerWork::close);
        Optional<OwnerWork> next = services.map(all -> new OwnerWork(all, settings, signer, buffer, open, metrics));
        synchronized (this) {
            work = next;
            notifyAll();
        }
    }

    private synchronized Optional<OwnerWork> now() {
        return work;
    }

    /** The owner has a writer in a moment; who stands by has none. */
    private synchronized Optional<OwnerWork> awaited() {
        long end = System.nanoTime() + settings.patience().toNanos();
        try {
            while (owner && work.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return Optional.empty();
                }
                wait(left);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return work;
    }

    private synchronized boolean isOwner() {
        return owner;
    }

    @Override
    public void record(AuditRecord entry) {
        keep(new AuditDraft(UUID.randomUUID().toString(), entry, false));
        sinks.add(entry);
    }

    private void keep(AuditDraft draft) {
        boolean written = now().map(OwnerWork::writer)
                .map(writer -> writer.add(PendingWrite.appending(draft)).isWritten(settings.patience()))
                .orElse(false);
        if (!written) {
            keepHere(draft.id(), draft.content());
        }
    }

    private void keepHere(String id, AuditRecord content) {
        try {
            buffer.add(id, content);
        } catch (IOException full) {
            metrics.failure("buffer");
            LOG.error("recording audit entry failed entry={}", content, full);
            throw unavailable(
                    "%s could not be recorded, neither in the database nor in the local file (%s)"
                            .formatted(
                                    content.outcome().isEmpty() ? "The change was not made: it" : "What was asked",
                                    full.getMessage()),
                    full);
        }
    }

    private static SmoException unavailable(String message, Exception cause) {
        SmoException refusal =
                SmoException.of(SmoException.Kind.UNAVAILABLE, "database", message + "; try again", Optional.of(SOON));
        refusal.initCause(cause);
        return refusal;
    }

    @Override
    public AuditedChange begin(AuditRecord intended) {
        if (!isOwner()) {
            // of this process alone: nothing that another server could find half done
            return this::record;
        }
        String id = UUID.randomUUID().toString();
        open.add(id);
        try {
            announce(id, intended);
        } catch (RuntimeException refused) {
            open.remove(id);
            throw refused;
        }
        return done -> end(id, done);
    }

    private void announce(String id, AuditRecord intended) {
        boolean written = awaited()
                .map(OwnerWork::writer)
                .map(writer -> writer.add(PendingWrite.beginning(new AuditIntent(id, intended)))
                        .isWritten(settings.patience()))
                .orElse(false);
        if (written) {
            return;
        }
        if (settings.policy() == AuditPolicy.BLOCK) {
            throw unavailable(
                    "Nothing was changed: the database does not take the entry of the audit at the moment",
                    new IOException("the database took nothing within %s".formatted(settings.patience())));
        }
        keepHere(id, intended);
    }

    private void end(String id, AuditRecord done) {
        try {
            keep(new AuditDraft(id, done, false));
        } finally {
            open.remove(id);
        }
        sinks.add(done);
    }

    @Override
    public void note(AuditRecord entry) {
        if (noted.isKept(entry)) {
            keepUnawaited(entry);
        }
    }

    private void keepUnawaited(AuditRecord entry) {
        AuditDraft draft = new AuditDraft(UUID.randomUUID().toString(), entry, false);
        sinks.add(entry);
        now().map(OwnerWork::writer)
                .ifPresentOrElse(
                        writer -> writer.add(PendingWrite.appending(draft)).whenSettled(written -> {
                            if (!written) {
                                keepIfPossible(draft);
                            }
                        }),
                        () -> keepIfPossible(draft));
    }

    /** Nobody waits who could be told: the log is the last resort, and has it already. */
    private void keepIfPossible(AuditDraft draft) {
        try {
            keepHere(draft.id(), draft.content());
        } catch (SmoException full) {
            LOG.debug("audit record dropped", full);
        }
    }

    @Override
    public void close() {
        counts.cancel(false);
        counting.shutdown();
        noted.sums().forEach(this::keepUnawaited);
        work(Optional.empty());
        sinks.close();
    }
}
