// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.configuration;

import java.util.Map;

/**
 * Changes configuration for good: a change is content of the store, and a file in the folder of configurations of each
 * server on it. Methods throw {@link eu.nephele.smo.api.runtime.SmoException} {@code UNAVAILABLE}, saying what to do.
 */
public interface ConfigurationChanges {

    /** Returns the effective properties, without those added by the framework; empty if nothing is configured. */
    Map<String, Object> present(String pid);

    /**
     * Makes this the configuration, in the store first, then as file. It is in force as soon as the folder is polled,
     * within a second or two. On a server that does not own the database nothing is changed.
     *
     * @param properties all of them: texts, numbers, truth values, arrays and collections of these
     */
    void write(String pid, Map<String, Object> properties);
}
