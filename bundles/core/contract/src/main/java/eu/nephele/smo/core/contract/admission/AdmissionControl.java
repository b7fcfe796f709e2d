// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.admission;

import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Checks whether the engine admits more work. The engine checks it before it stores a change; a caller with much work
 * for a request before that may check first.
 */
@ProviderType
public interface AdmissionControl {

    /**
     * Lets one more change in.
     *
     * @throws SmoException {@code UNAVAILABLE} with the time after which to ask again: too much waits already
     */
    void admitChange();

    /**
     * Lets one more removal in.
     *
     * @throws SmoException as above
     */
    void admitRemoval();

    /** The estimated delay until the first pass of a change that is accepted now; a minute at most. */
    Duration expectedWait();
}
