// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The latest traces of operations, in the memory of this server. */
public interface RecordedTraces {

    /** Returns a trace as far as it has come; empty when it was not recorded, or no longer is. */
    Optional<RecordedTrace> find(String traceId);

    /**
     * @param spans those that are over, in the order of their beginning
     * @param dropped number of spans above the limit of a trace
     */
    record RecordedTrace(String traceId, List<RecordedSpan> spans, int dropped) {

        public RecordedTrace {
            spans = List.copyOf(spans);
        }
    }

    /**
     * @param parentId span above it, also one that is not recorded; "" for none
     * @param failure why it failed; empty for a success
     */
    record RecordedSpan(
            String spanId,
            String parentId,
            String name,
            Instant startedAt,
            Duration duration,
            Map<String, String> attributes,
            Optional<String> failure) {

        public RecordedSpan {
            attributes = Map.copyOf(attributes);
        }
    }
}
