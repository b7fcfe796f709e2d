// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.trace;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Names of the fields that log lines carry beside their message, as keys of the MDC. */
public final class LogFields {

    public static final String CORRELATION_ID = "correlationId";
    public static final String TRACE_ID = "trace_id";
    public static final String SPAN_ID = "span_id";
    /** {@code 01} for a trace that is exported, else {@code 00}. */
    public static final String TRACE_FLAGS = "trace_flags";

    public static final String PROJECT = "project";
    /** Project and name. */
    public static final String GRAPH = "graph";

    public static final String SERVICE = "service";
    public static final String OPERATION = "operation";
    /** Of the work on a graph. */
    public static final String STAGE = "stage";

    private LogFields() {}

    /** Runs a task, perhaps in another thread, with the fields that this thread has now. */
    public static <T> Callable<T> carry(Callable<T> task) {
        Map<String, String> fields = MDC.getCopyOfContextMap();
        if (fields == null || fields.isEmpty()) {
            return task;
        }
        return () -> {
            Map<String, String> former = MDC.getCopyOfContextMap();
            MDC.setContextMap(fields);
            try {
                return task.call();
            } finally {
                set(former);
            }
        };
    }

    private static void set(@Nullable Map<String, String> fields) {
        if (fields == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(fields);
        }
    }
}
