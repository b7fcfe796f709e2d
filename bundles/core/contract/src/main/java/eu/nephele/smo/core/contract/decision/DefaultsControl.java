// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.Default;

/** Changes the strategies that decide without a selection. */
public interface DefaultsControl {

    /**
     * Sets one of the {@linkplain StrategyCatalog#defaults defaults}, in the configuration, so that it survives
     * restarts. It counts when this returns, from the next decision on. Another scaling strategy begins with its own
     * parameters.
     *
     * @param key of the configuration, other than {@code projectDefaults}
     * @param value as in the configuration; lists with commas
     * @return the setting as it counts now
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND} when there is no such key, {@code INVALID} when
     *     the value makes no sense or names what is not installed, {@code UNAVAILABLE} when it cannot be written or
     *     does not come into force
     */
    Default set(String key, String value, CallContext call);
}
