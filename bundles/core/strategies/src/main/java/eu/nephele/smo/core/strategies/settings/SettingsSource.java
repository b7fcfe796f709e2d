// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.settings;

/** Source of the present settings. Read for every decision, so that a change needs no restart. */
@FunctionalInterface
public interface SettingsSource {
    StrategySettings get();
}
