// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.trace;

/** A stretch of a trace that has begun. Current in the thread that began it, until it is closed or detached. */
public interface TraceSpan extends AutoCloseable {

    /** Records nothing. */
    TraceSpan NONE = new TraceSpan() {
        @Override
        public TraceSpan with(String key, String value) {
            return this;
        }

        @Override
        public void rename(String name) {
            // records nothing
        }

        @Override
        public void failed(String reason) {
            // records nothing
        }

        @Override
        public void detach() {
            // was never current
        }

        @Override
        public void close() {
            // records nothing
        }
    };

    /** Adds an attribute; never a secret. */
    TraceSpan with(String key, String value);

    /** Gives it a name that was not known at its beginning. */
    void rename(String name);

    /** It ends with a failure. */
    void failed(String reason);

    /** By the thread that began it: it goes on without being current there, and may be closed by any thread. */
    void detach();

    /** It ends; a second call does nothing. */
    @Override
    void close();
}
