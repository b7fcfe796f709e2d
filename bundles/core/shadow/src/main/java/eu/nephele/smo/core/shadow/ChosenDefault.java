// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.configuration.ConfigurationChanges;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.Default;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A default that an operator sets: checked, written, and waited for until it is in force. The authorized service checks
 * the permission.
 */
final class ChosenDefault {

    private static final String OF_PROJECTS = "projectDefaults";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final StrategyCatalog catalog;
    private final ConfigurationChanges configuration;
    private final Duration timeout;

    /** @param timeout how long a configuration that was written may take to count */
    ChosenDefault(StrategyCatalog catalog, ConfigurationChanges configuration, Duration timeout) {
        this.catalog = catalog;
        this.configuration = configuration;
        this.timeout = timeout;
    }

    Default set(String key, String value) {
        Default before = known(key);
        Default wanted = catalog.defaultWith(key, value);
        if (!wanted.remark().isEmpty()) {
            throw SmoException.invalid(
                    "%s=%s would have no effect.".formatted(key, wanted.value()),
                    List.of(new Violation("/value", wanted.remark())));
        }
        Map<String, Object> next = new TreeMap<>(configuration.present(StrategyDefaults.PID));
        next.put(key, wanted.value());
        if (key.equals("scaling") && !before.value().equals(wanted.value())) {
            next.put("scalingParameters", "{}"); // those of another strategy
        }
        configuration.write(StrategyDefaults.PID, next);
        return inForce(wanted);
    }

    private Default known(String key) {
        List<String> keys = catalog.defaults(CallContext.INTERNAL).stream()
                .map(Default::key)
                .filter(each -> !each.equals(OF_PROJECTS))
                .toList();
        if (!keys.contains(key)) {
            throw SmoException.notFound("Default '%s' not found; known defaults: %s".formatted(key, keys));
        }
        return find(key);
    }

    private Default find(String key) {
        return catalog.defaults(CallContext.INTERNAL).stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Default inForce(Default wanted) {
        long end = System.nanoTime() + timeout.toNanos();
        while (!find(wanted.key()).value().equals(wanted.value())) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                throw SmoException.of(
                        SmoException.Kind.UNAVAILABLE,
                        "smo",
                        "%s=%s is stored but not in force after %d s; the log has the reason."
                                .formatted(wanted.key(), wanted.value(), timeout.toSeconds()),
                        Optional.empty());
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return find(wanted.key());
    }
}
