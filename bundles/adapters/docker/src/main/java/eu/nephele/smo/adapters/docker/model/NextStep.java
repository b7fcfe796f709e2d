// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import java.util.Optional;

/** What to do next for a workload on a server: one effect, or none. */
public sealed interface NextStep {

    /** What is there is what was asked for. */
    record Reached() implements NextStep {}

    /** Time or an event has to pass. */
    record WaitFor(String what) implements NextStep {}

    /**
     * A further replica of the newest revision: its spare if there is one.
     *
     * @param takesOver id of the one from which it takes over; empty when it is one more
     */
    record Add(Optional<String> takesOver) implements NextStep {}

    /** One of an older revision ends, after it was drained, and keeps its name until another one took over. */
    record Vacate(String id) implements NextStep {}

    /** A replica that does not run. */
    record Start(String id) implements NextStep {}

    /**
     * A replica that is the second one in its place gets another place.
     *
     * @param takesOver id of the one that has that place; empty when it gets one of its own
     */
    record Rename(String id, Optional<String> takesOver) implements NextStep {}

    /**
     * A replica goes, after it was drained.
     *
     * @param asSpare whether it stays as the record of the workload
     */
    record Retire(String id, boolean asSpare) implements NextStep {}

    /** A spare that nothing needs. */
    record Drop(String id) implements NextStep {}
}
