// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import java.time.Clock;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** One call of a controller. */
@ProviderType
public interface Reconciliation {

    /** The time of the orchestrator. */
    Clock clock();

    /** How long the call may still take; zero when it is over and its thread is interrupted. */
    Duration remaining();
}
