// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.runtime;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Records for a while what the process spends its time and memory on. Costs nothing while it is not used. */
public interface Profiler {

    /** So long at most. */
    Duration LONGEST = Duration.ofMinutes(2);

    /**
     * Records, and returns at the end.
     *
     * @param duration one second or more, {@link #LONGEST} at most
     * @param givenUp polled now and then: whether the caller has gone
     * @return a file in the format of Java Flight Recorder, of bounded size; the caller deletes it
     * @throws SmoException {@code CONFLICT}: another one is under way; {@code UNAVAILABLE}: this Java runtime cannot
     *     record, the file cannot be written, or the recording was given up
     */
    Path profile(Duration duration, BooleanSupplier givenUp, CallContext call);
}
