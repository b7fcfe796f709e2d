// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.time.Duration;

/** Is told of each write to the database, by the thread that has asked for it. */
interface WriteListener {

    WriteListener NONE = (duration, committed) -> {};

    /** @param duration with the wait for its turn, all repetitions and the commit */
    void written(Duration duration, boolean committed);
}
