// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.core.contract.audit.AuditBatch.AuditDraft;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditIntent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** An entry or a beginning on its way into the database. Who waits for it may withdraw it as long as nobody writes it. */
final class PendingWrite {

    /** A transaction that is under way is not given up: whether it was committed would not be known. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(60);

    private final Optional<AuditDraft> entry;
    private final Optional<AuditIntent> begun;
    private final AtomicReference<WriteState> state = new AtomicReference<>(WriteState.WAITING);
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();

    private enum WriteState {
        WAITING,
        TAKEN,
        WITHDRAWN
    }

    private PendingWrite(Optional<AuditDraft> entry, Optional<AuditIntent> begun) {
        this.entry = entry;
        this.begun = begun;
    }

    static PendingWrite appending(AuditDraft draft) {
        return new PendingWrite(Optional.of(draft), Optional.empty());
    }

    static PendingWrite beginning(AuditIntent intent) {
        return new PendingWrite(Optional.empty(), Optional.of(intent));
    }

    Optional<AuditDraft> entry() {
        return entry;
    }

    Optional<AuditIntent> begun() {
        return begun;
    }

    /** Returns whether it is to be written. */
    boolean take() {
        return state.compareAndSet(WriteState.WAITING, WriteState.TAKEN);
    }

    /** It is written, or is not and will not be. */
    void settle(boolean written) {
        done.complete(written);
    }

    /** Called with the outcome, by the thread that writes. */
    void whenSettled(Consumer<Boolean> outcome) {
        CompletableFuture<Void> unused = done.thenAccept(outcome);
    }

    /** Returns whether it was written within the time; if not, it will not be. */
    boolean isWritten(Duration patience) {
        boolean interrupted = false;
        try {
            long end = System.nanoTime() + patience.toNanos();
            Duration extra = Duration.ZERO;
            while (true) {
                try {
                    return done.get(Math.max(0, end - System.nanoTime()) + extra.toNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException late) {
                    if (!extra.isZero() || state.compareAndSet(WriteState.WAITING, WriteState.WITHDRAWN)) {
                        return false;
                    }
                    extra = UNDER_WAY;
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (ExecutionException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
