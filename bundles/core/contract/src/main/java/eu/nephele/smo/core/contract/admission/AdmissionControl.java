// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.admission;

import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Checks whether the engine takes more work. It asks itself before it stores a change; whoever would do much for a request
 * before the engine sees it may ask first.
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

    /** When a change that is accepted now is looked at for the first time, as far as can be told; a minute at most. */
    Duration expectedWait();
}
