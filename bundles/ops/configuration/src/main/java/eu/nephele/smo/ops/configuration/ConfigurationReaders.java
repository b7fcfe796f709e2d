// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.util.Optional;
import java.util.Set;

/** Readers of configurations, as the installed bundles declare them. */
interface ConfigurationReaders {

    /** Empty when the PID or factory PID is not described. */
    Optional<Set<String>> propertiesOf(String pid);

    /** Returns whether some bundle reads the PID without describing it. */
    boolean readsUndescribed(String pid);

    Set<String> describedPids();
}
