// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

/**
 * Records calls that an adapter makes as spans of the trace in which its port is called. A service of the server; an
 * adapter works without it.
 */
public interface CallTracer {

    /** Records nothing. */
    CallTracer NONE = name -> new TracedCall() {
        @Override
        public TracedCall with(String key, String value) {
            return this;
        }

        @Override
        public void failed(String reason) {
            // records nothing
        }

        @Override
        public void close() {
            // records nothing
        }
    };

    /**
     * Begins a call. Until it is closed, by the same thread, it is current in the thread: the keys {@code trace_id}, {@code span_id}
     * and {@code trace_flags} of the MDC of SLF4J have its ids.
     */
    TracedCall begin(String name);

    /** A call that has begun. */
    interface TracedCall extends AutoCloseable {

        /** Adds an attribute; never a secret. */
        TracedCall with(String key, String value);

        /** It ends with a failure. */
        void failed(String reason);

        @Override
        void close();
    }
}
