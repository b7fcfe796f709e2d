// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import java.util.Optional;
import org.slf4j.MDC;

/** The W3C {@code traceparent} of a request: the span that is current in the calling thread. */
final class TraceHeader {

    static final String NAME = "traceparent";

    private TraceHeader() {}

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
