// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** One call of a controller. */
@ProviderType
public interface Reconciliation {

    /** The time of the orchestrator. */
    Clock clock();

    /**
     * How long the call may still take, never longer than the {@link #tenure} lasts; zero when it is over and its thread is
     * interrupted. It grows when the tenure is renewed.
     */
    Duration remaining();

    /**
     * Under which the call was begun. Whoever calls outside begins nothing when nothing of it is left, and may say its epoch there,
     * so that what comes after a takeover can be refused. Empty where nobody owns a database: in a test, or a program that embeds
     * the core.
     */
    default Optional<Tenure> tenure() {
        return Optional.empty();
    }
}
