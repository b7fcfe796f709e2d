// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.configuration.ConfigurationChanges;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Present writer of configuration: shadows continue while it is exchanged. */
final class CurrentConfigurationWriter implements ConfigurationChanges {

    private static final Duration SOON = Duration.ofSeconds(5);

    private volatile Optional<ConfigurationChanges> there = Optional.empty();

    synchronized void come(ConfigurationChanges changes) {
        there = Optional.of(changes);
    }

    /** Another one may have come before. */
    synchronized void gone(ConfigurationChanges changes) {
        there = there.filter(present -> present != changes);
    }

    @Override
    public Map<String, Object> present(String pid) {
        return now(pid).present(pid);
    }

    @Override
    public void write(String pid, Map<String, Object> properties) {
        now(pid).write(pid, properties);
    }

    private ConfigurationChanges now(String pid) {
        return there.orElseThrow(() -> SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The configuration %s was not changed: no configuration writer is available; try again.".formatted(pid),
                Optional.of(SOON)));
    }
}
