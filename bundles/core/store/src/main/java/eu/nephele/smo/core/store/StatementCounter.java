// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.util.concurrent.atomic.LongAdder;
import org.eclipse.persistence.queries.DatabaseQuery;
import org.eclipse.persistence.sessions.SessionProfiler;
import org.eclipse.persistence.sessions.SessionProfilerAdapter;

/** Counts what is sent to the database: statements, each batch as one. */
final class StatementCounter extends SessionProfilerAdapter {

    private final LongAdder operations = new LongAdder();
    private final LongAdder direct = new LongAdder();

    void count() {
        direct.increment();
    }

    /** EclipseLink profiles each statement twice under one name: when it is executed, and when it is closed. */
    long statements() {
        return operations.sum() / 2 + direct.sum();
    }

    @Override
    public void startOperationProfile(String operation, DatabaseQuery query, int weight) {
        if (SessionProfiler.StatementExecute.equals(operation)) {
            operations.increment();
        }
    }
}
