// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import java.util.Optional;
import org.slf4j.MDC;

/** The W3C {@code traceparent} of a call of the worker, or of an API server: the span that is current in the calling thread. */
final class HelmTraceHeader {

    static final String NAME = "traceparent";

    private HelmTraceHeader() {}

    /** Empty when nothing is traced. */
    static Optional<String> value() {
        String trace = MDC.get("trace_id");
        String span = MDC.get("span_id");
        return trace == null || span == null
                ? Optional.empty()
                : Optional.of("00-%s-%s-%s"
                        .formatted(
                                trace,
                                span,
                                Optional.ofNullable(MDC.get("trace_flags")).orElse("00")));
    }
}
