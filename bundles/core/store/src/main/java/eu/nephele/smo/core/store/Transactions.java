// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.CommitListener;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction per call, with an entity manager of its own that lives exactly as long. Transactions that lost
 * against another one are repeated a few times; work handed in must not do anything outside of the database.
 */
final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int ATTEMPTS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);

    private final EntityManagerFactory factory;
    private final Optional<GroupCommitWriter> writers;
    private final CommitListener publisher;
    private final OwnershipFence fence;
    private volatile WriteListener writeListener = WriteListener.NONE;
    private final Set<EntityManager> withEvents = ConcurrentHashMap.newKeySet();

    /**
     * @param writers serializes writers, which share transactions; empty: all writers at the same time
     * @param publisher notified of each committed transaction that wrote events
     * @param fence checked before anything is read or written
     */
    Transactions(
            EntityManagerFactory factory,
            Optional<GroupCommitWriter> writers,
            CommitListener publisher,
            OwnershipFence fence) {
        this.fence = fence;
        this.factory = factory;
        this.writers = writers;
        this.publisher = publisher;
    }

    /** @param listener in the place of the former one */
    void measure(WriteListener listener) {
        writeListener = listener;
    }

    void tellAfterCommit(EntityManager entities) {
        withEvents.add(entities);
    }

    /**
     * Reads without a transaction: every statement sees what is committed when it starts.
     *
     * @param what for messages, as an infinitive: "read graph p/g"
     * @throws SmoException when the database fails
     */
    <T> T read(String what, Function<EntityManager, T> work) {
        return repeat(what, () -> {
            fence.require();
            EntityManager entities = factory.createEntityManager();
            try {
                return work.apply(entities);
            } finally {
                entities.close();
            }
        });
    }

    /**
     * Does the work and commits, unless the work marked the transaction for rollback or failed.
     *
     * @param what for messages, as an infinitive: "store graph p/g"
     * @throws SmoException when the database fails, or thrown by the work
     */
    <T> T write(String what, Function<EntityManager, T> work) {
        long begun = System.nanoTime();
        boolean committed = false;
        BatchedWrite.WriteResult<T> writeResult;
        try {
            writeResult = repeated(what, work);
            committed = true;
        } finally {
            writeListener.written(Duration.ofNanos(System.nanoTime() - begun), committed);
        }
        if (writeResult.withEvents()) {
            publish();
        }
        return writeResult.result();
    }

    private <T> BatchedWrite.WriteResult<T> repeated(String what, Function<EntityManager, T> work) {
        return repeat(what, () -> {
            BatchedWrite<T> batchedWrite = new BatchedWrite<>(work);
            if (writers.isPresent()) {
                writers.get().write(batchedWrite, this::all);
            } else {
                alone(batchedWrite);
            }
            return batchedWrite.get();
        });
    }

    private void publish() {
        try {
            publisher.committed();
        } catch (RuntimeException e) {
            // The transaction is committed; the publisher polls the outbox from time to time.
            LOG.warn("notifying the event publisher failed; the stored events are published later", e);
        }
    }

    private void all(List<BatchedWrite<?>> pieces) {
        if (pieces.size() == 1 || !together(pieces)) {
            pieces.forEach(this::alone);
        }
    }

    /** Returns whether all is done; if not, nothing is: what fails, or does not want to stay, must not take the others down. */
    private boolean together(List<BatchedWrite<?>> pieces) {
        try {
            return transaction(pieces);
        } catch (RuntimeException | Error e) {
            LOG.debug("group commit failed writes={}; committing them one by one", pieces.size(), e);
            return false;
        }
    }

    private void alone(BatchedWrite<?> batchedWrite) {
        try {
            transaction(List.of(batchedWrite));
        } catch (RuntimeException | Error e) {
            batchedWrite.fail(e);
        }
    }

    /**
     * Executes all writes in one transaction; returns whether it was committed, and not rolled back because a write
     * asks for it.
     */
    private boolean transaction(List<BatchedWrite<?>> pieces) {
        EntityManager entities = factory.createEntityManager();
        try {
            entities.getTransaction().begin();
            // Takes the connection now: else what is read and locked first would be outside of the transaction.
            entities.unwrap(Connection.class);
            fence.require(entities);
            for (BatchedWrite<?> batchedWrite : pieces) {
                batchedWrite.apply(entities, () -> withEvents.remove(entities) && !isGivenUp(entities));
                if (isGivenUp(entities)) {
                    entities.getTransaction().rollback();
                    if (pieces.size() == 1) {
                        batchedWrite.settle();
                    }
                    return false;
                }
                if (pieces.size() > 1) {
                    entities.flush();
                    entities.clear();
                }
            }
            entities.getTransaction().commit();
            pieces.forEach(BatchedWrite::settle);
            return true;
        } catch (RuntimeException | Error e) {
            // Also when memory has run out: a transaction that stays open keeps its connection, and its locks, for
            // ever.
            rollback(entities, e);
            throw e;
        } finally {
            withEvents.remove(entities);
            entities.close();
        }
    }

    private static boolean isGivenUp(EntityManager entities) {
        return entities.getTransaction().getRollbackOnly();
    }

    private static void rollback(EntityManager entities, Throwable cause) {
        try {
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private <T> T repeat(String what, TransactionWork<T> work) {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return work.run();
            } catch (SmoException e) {
                throw e;
            } catch (RuntimeException e) {
                DatabaseFailure failure = classify(e);
                if (failure == DatabaseFailure.NONE) {
                    throw e;
                } else if (!failure.mayPassWhenRepeated() || attempt == ATTEMPTS) {
                    throw failure.exception(what, e);
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause.toNanos()));
                pause = pause.multipliedBy(2);
            }
        }
    }

    private DatabaseFailure classify(RuntimeException failure) {
        if (!factory.isOpen()) {
            throw withCause(
                    SmoException.of(
                            SmoException.Kind.UNAVAILABLE,
                            "database",
                            "The store is closed: the server stops, or its database is being replaced.",
                            Optional.of(Duration.ofSeconds(1))),
                    failure);
        }
        return DatabaseFailure.from(failure);
    }

    private static SmoException withCause(SmoException exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }

    private interface TransactionWork<T> {
        T run();
    }
}
