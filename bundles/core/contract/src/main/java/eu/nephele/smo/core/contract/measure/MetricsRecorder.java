// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.measure;

import java.time.Duration;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Counts and times. Names are {@code smo_<room>_<what>_<unit>}; label values come from closed sets. Without
 * measurements, {@link #NONE} does nothing.
 */
public interface MetricsRecorder {

    void count(String name, Map<String, String> labels);

    void time(String name, Map<String, String> labels, Duration duration);

    /**
     * Publishes a value that is read on demand. The owner is held weakly; the same name and labels again replace it.
     */
    <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value);

    /** Removes a published value; nothing where it never was. Recorders that cannot remove values keep it. */
    default void withdraw(String name, Map<String, String> labels) {}

    /** Measures nothing: for programs that embed the core without an observability bundle. */
    MetricsRecorder NONE = new MetricsRecorder() {
        @Override
        public void count(String name, Map<String, String> labels) {
            // no measurements
        }

        @Override
        public void time(String name, Map<String, String> labels, Duration duration) {
            // no measurements
        }

        @Override
        public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
            // no measurements
        }
    };
}
