// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

import eu.nephele.smo.api.time.UsedTime;

/** One call of foreign code that is told how much time it has. */
@FunctionalInterface
public interface TimedCall<T> {
    /** @param used what the thread that calls it uses */
    T call(UsedTime used) throws Exception;
}
