// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.core.contract.store.ConfigurationStore;
import eu.nephele.smo.core.contract.store.EffectiveConfiguration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The owner stores digests, a standby compares its own with them. Used by one thread, its findings by any. */
final class OwnerComparison {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerComparison.class);

    private final CurrentConfigurations currentConfigurations;
    private final ConfigurationDigests digests;
    private boolean changed = true;
    private long compared = -1;
    private volatile List<String> differences = List.of();

    OwnerComparison(CurrentConfigurations currentConfigurations, ConfigurationDigests digests) {
        this.currentConfigurations = currentConfigurations;
        this.digests = digests;
    }

    void changed() {
        changed = true;
    }

    /** Stores the effective configuration of this server when it differs from the stored one. */
    void publish(ConfigurationStore store) {
        differences = List.of();
        if (!changed) {
            return;
        }
        var present = currentConfigurations.shared();
        Optional<EffectiveConfiguration> there = store.effective();
        if (!there.map(effective -> digests.compute(present, effective.salt())).equals(there) || there.isEmpty()) {
            store.effective(digests.compute(present, digests.salt()));
        }
        changed = false;
    }

    void compare(ConfigurationStore store, long number) {
        if (!changed && number == compared) {
            return;
        }
        List<String> found = store.effective()
                .map(effective -> ConfigurationDiff.between(
                        effective, digests.compute(currentConfigurations.shared(), effective.salt())))
                .orElse(List.of());
        List<String> before = differences;
        found.stream()
                .filter(difference -> !before.contains(difference))
                .forEach(difference ->
                        LOG.warn("configuration of standby differs from owner difference=\"{}\"", difference));
        if (found.isEmpty() && !before.isEmpty()) {
            LOG.info("configuration of standby equals owner again");
        }
        differences = found;
        changed = false;
        compared = number;
    }

    List<String> differences() {
        return differences;
    }
}
