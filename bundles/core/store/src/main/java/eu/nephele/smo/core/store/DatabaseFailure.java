// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.SmoException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.persistence.PersistenceException;

enum DatabaseFailure {
    /** another transaction was in the way; the same again may succeed */
    CONCURRENT,
    /** a key exists already; when it was written at the same moment, the same again sees it */
    DUPLICATE,
    /** the database cannot store such a value */
    VALUE,
    /** the database is unavailable or broken */
    UNAVAILABLE,
    /** not the database: a defect */
    NONE;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int H2_LOCK_TIMEOUT = 50200;
    private static final int H2_CONCURRENT_UPDATE = 90131;

    static DatabaseFailure from(Throwable failure) {
        Optional<SQLException> sql = sql(failure);
        if (sql.isEmpty()) {
            return isPersistence(failure) ? UNAVAILABLE : NONE;
        }
        String state = Optional.ofNullable(sql.get().getSQLState()).orElse("");
        int code = sql.get().getErrorCode();
        if (code == H2_LOCK_TIMEOUT
                || code == H2_CONCURRENT_UPDATE
                || state.startsWith("40")
                || state.equals("55P03")) {
            return CONCURRENT;
        } else if (state.equals("23505") || state.equals("23503") || state.equals("23506")) {
            return DUPLICATE;
        } else if (state.startsWith("22")) {
            return VALUE;
        }
        return UNAVAILABLE;
    }

    boolean mayPassWhenRepeated() {
        return this == CONCURRENT || this == DUPLICATE;
    }

    /** @param what the attempted work, as an infinitive: "store graph p/g" */
    SmoException exception(String what, Throwable failure) {
        String said = firstLine(sql(failure).<Throwable>map(sql -> sql).orElse(failure));
        SmoException exception =
                switch (this) {
                    case VALUE ->
                        SmoException.of(
                                SmoException.Kind.INVALID,
                                "database",
                                "Could not %s: the database cannot store a value of it (%s). Maybe a text has a NUL character or is too long."
                                        .formatted(what, said),
                                Optional.empty());
                    case DUPLICATE ->
                        SmoException.of(
                                SmoException.Kind.CONFLICT,
                                "database",
                                "Could not %s: it is stored already, or its parent was removed (%s)."
                                        .formatted(what, said),
                                Optional.empty());
                    case CONCURRENT, UNAVAILABLE, NONE ->
                        SmoException.of(
                                SmoException.Kind.UNAVAILABLE,
                                "database",
                                "Could not %s: the database failed (%s). Nothing was changed; try again."
                                        .formatted(what, said),
                                Optional.of(RETRY_AFTER));
                };
        exception.initCause(failure);
        return exception;
    }

    private static boolean isPersistence(Throwable failure) {
        return chain(failure, PersistenceException.class).isPresent();
    }

    private static Optional<SQLException> sql(Throwable failure) {
        return chain(failure, SQLException.class);
    }

    private static <T extends Throwable> Optional<T> chain(Throwable failure, Class<T> type) {
        Optional<T> found = Optional.empty();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                found = Optional.of(type.cast(cause));
            }
            cause = cause.getCause();
        }
        return found;
    }

    /** Drivers put the statement on further lines. */
    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.lines()
                .findFirst()
                .orElse(failure.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }
}
