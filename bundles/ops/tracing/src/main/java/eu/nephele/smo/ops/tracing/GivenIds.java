// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;

/** Random ids, except for spans whose id was known before they are recorded. */
final class GivenIds implements IdGenerator {

    private final ThreadLocal<String> given = new ThreadLocal<>();

    /** Begins a span with this id. */
    <T> T with(String spanId, Supplier<T> begin) {
        given.set(spanId);
        try {
            return begin.get();
        } finally {
            given.remove();
        }
    }

    @Override
    public String generateSpanId() {
        String id = given.get();
        return id == null ? IdGenerator.random().generateSpanId() : id;
    }

    @Override
    public String generateTraceId() {
        return IdGenerator.random().generateTraceId();
    }
}
