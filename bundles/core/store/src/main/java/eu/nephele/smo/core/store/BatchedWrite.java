// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.persistence.EntityManager;
import org.jspecify.annotations.Nullable;

/** Write of one caller in a shared transaction, and its result. Executed by one thread, awaited by another. */
final class BatchedWrite<T> {

    private final Function<EntityManager, T> work;
    private Optional<WriteResult<T>> attempt = Optional.empty();
    private Optional<WriteResult<T>> done = Optional.empty();
    private @Nullable Throwable failure;
    private volatile boolean over;

    record WriteResult<T>(T result, boolean withEvents) {}

    BatchedWrite(Function<EntityManager, T> work) {
        this.work = work;
    }

    void apply(EntityManager entities, BooleanSupplier withEvents) {
        T result = work.apply(entities);
        attempt = Optional.of(new WriteResult<>(result, withEvents.getAsBoolean()));
    }

    /** Its transaction is committed, or rolled back because the work wanted that. */
    void settle() {
        done = attempt;
    }

    void fail(Throwable why) {
        failure = why;
    }

    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** @throws RuntimeException that of the work, or of its commit */
    WriteResult<T> get() {
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return done.orElseThrow(() -> new IllegalStateException("The write was not executed"));
    }
}
