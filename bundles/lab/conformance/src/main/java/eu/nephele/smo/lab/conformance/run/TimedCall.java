// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

import eu.nephele.smo.api.time.UsedTime;

/** One call of foreign code that gets its remaining time. */
@FunctionalInterface
public interface TimedCall<T> {
    T call(UsedTime used) throws Exception;
}
