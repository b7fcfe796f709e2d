// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditDraft;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.audit.AuditService.AnchorState;
import eu.nephele.smo.core.contract.work.ClockJumps;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the owner of the database does for the audit: it writes the chain, reads what it does by itself, seals, hands on, removes. */
final class OwnerWork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerWork.class);
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration RETENTION = Duration.ofHours(1);
    private static final long END_MILLIS = 3000;
    private static final int THREADS = 3;

    private final ChainServices services;
    private final SealSigner signer;
    private final AuditMetrics metrics;
    private final Clock clock;
    private final ChainWriter writer;
    private final OwnActions actions;
    private final SealSchedule seals;
    private final List<ChainReader> readers = new ArrayList<>();
    private final Optional<AuditRetention> retention;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread made = new Thread(task, "smo-audit-owner");
        made.setDaemon(true);
        return made;
    });
    private final List<Future<?>> tasks = new ArrayList<>();
    private boolean keyKnown;

    OwnerWork(
            ChainServices services,
            AuditSettings settings,
            SealSigner signer,
            LocalBuffer buffer,
            Set<String> open,
            AuditMetrics metrics) {
        this.services = services;
        this.signer = signer;
        this.metrics = metrics;
        this.clock = Clock.systemUTC();
        this.writer = new ChainWriter(
                services.store(), services.tenure()::epoch, buffer, open, new CountedEntries(metrics), clock);
        this.actions = new OwnActions(services.events(), services.store(), services.tenure()::epoch);
        Map<String, SealAnchor> anchors = new LinkedHashMap<>();
        settings.anchors().forEach(place -> anchors.put(place, SealAnchor.at(place, settings.data())));
        this.seals =
                new SealSchedule(services.store(), signer, services.instance().instanceId(), anchors, clock);
        settings.file().ifPresent(file -> readers.add(new ChainReader("file", services.store(), new FileSink(file))));
        settings.syslog().ifPresent(to -> readers.add(new ChainReader("syslog", services.store(), new SyslogSink(to))));
        this.retention = settings.retention()
                .map(age -> new AuditRetention(
                        services.store(),
                        age,
                        readers.stream().map(ChainReader::name).toList(),
                        seals::checkpoint,
                        clock,
                        new ClockJumps(clock, System::nanoTime)));
        writer.start();
        every(ROUND, this::readActions);
        every(ROUND, () -> readers.stream().filter(reader -> !reader.run()).forEach(failed -> metrics.failure("sink")));
        every(settings.anchorEvery(), this::seal);
        every(RETENTION, () -> retention.flatMap(AuditRetention::run).ifPresent(this::removed));
    }

    private record CountedEntries(AuditMetrics metrics) implements ChainWriter.ChainListener {
        @Override
        public void appended(List<AuditEntry> entries) {
            metrics.entries(entries.size());
        }

        @Override
        public void failed() {
            metrics.failure("write");
        }
    }

    private void every(Duration time, Runnable task) {
        tasks.add(threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.warn("work on the audit failed reason=\"{}\"; retrying", e.toString());
                    }
                },
                time.toMillis(),
                time.toMillis(),
                TimeUnit.MILLISECONDS));
    }

    private void readActions() {
        metrics.entries(actions.run().size());
    }

    private void seal() {
        if (!keyKnown) {
            if (services.store().addKey(signer.key())) {
                own(
                        "audit.key",
                        "audit/" + signer.key().id(),
                        "Ed25519 " + signer.key().encoded());
            }
            keyKnown = true;
        }
        int failed = seals.run();
        for (int i = 0; i < failed; i++) {
            metrics.failure("anchor");
        }
    }

    private void removed(AuditSeal checkpoint) {
        own(
                "audit.remove",
                "audit/*",
                "everything up to %d".formatted(checkpoint.head().sequence()));
    }

    private void own(String action, String target, String detail) {
        AuditRecord entry = new AuditRecord(clock.instant(), OwnActions.ACTOR, "", action, target, "accepted", "");
        writer.add(
                PendingWrite.appending(new AuditDraft(UUID.randomUUID().toString(), entry.withDetail(detail), false)));
    }

    ChainWriter writer() {
        return writer;
    }

    List<AnchorState> anchors() {
        return seals.states();
    }

    Duration anchorAge() {
        return seals.age();
    }

    /** Nothing is interrupted: H2 closes its file when a thread that uses it is. */
    @Override
    public void close() {
        tasks.forEach(task -> task.cancel(false));
        threads.shutdown();
        writer.close();
        try {
            threads.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
