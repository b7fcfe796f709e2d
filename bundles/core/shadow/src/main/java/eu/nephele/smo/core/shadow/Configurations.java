// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.configuration.ConfigurationChanges;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Who changes configuration, as it is there at the moment: shadows go on while it is exchanged. */
final class Configurations implements ConfigurationChanges {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final AtomicReference<Optional<ConfigurationChanges>> there = new AtomicReference<>(Optional.empty());

    void come(ConfigurationChanges changes) {
        there.set(Optional.of(changes));
    }

    /** Another one may have come before. */
    void gone(ConfigurationChanges changes) {
        there.updateAndGet(now -> now.filter(present -> present != changes));
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
        return there.get()
                .orElseThrow(() -> SmoException.of(
                        SmoException.Kind.UNAVAILABLE,
                        "smo",
                        "The configuration %s was not changed: nobody writes configuration at the moment; try again."
                                .formatted(pid),
                        Optional.of(SOON)));
    }
}
