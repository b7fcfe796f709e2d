// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.context;

import eu.nephele.smo.core.contract.trace.LogFields;
import eu.nephele.smo.core.contract.trace.TraceSpan;
import eu.nephele.smo.core.contract.trace.Tracing;
import java.util.function.Function;
import org.slf4j.MDC;

/** Stages of the work on a graph: each has a span, and its log lines carry its name, and that of the service if it is of one. */
public final class Stages {

    private final Tracing tracing;

    public Stages(Tracing tracing) {
        this.tracing = tracing;
    }

    public <T> T run(String stage, Function<TraceSpan, T> work) {
        String outer = MDC.get(LogFields.STAGE);
        MDC.put(LogFields.STAGE, stage);
        try {
            return tracing.within(stage, work);
        } finally {
            if (outer == null) {
                MDC.remove(LogFields.STAGE);
            } else {
                MDC.put(LogFields.STAGE, outer);
            }
        }
    }

    /** The same for one service of the graph. */
    public void run(String stage, String service, Runnable work) {
        MDC.put(LogFields.SERVICE, service);
        try {
            this.<Boolean>run(stage, span -> {
                span.with("smo.service", service);
                work.run();
                return true;
            });
        } finally {
            MDC.remove(LogFields.SERVICE);
        }
    }
}
