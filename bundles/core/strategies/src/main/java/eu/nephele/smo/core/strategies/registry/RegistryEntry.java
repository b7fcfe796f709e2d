// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

/** A service being in the registry. */
public interface RegistryEntry extends AutoCloseable {
    /**
     * Takes the service out. Returns when no call is inside it any more; calls that are not over when their budget ends, or
     * after 4 seconds, are interrupted.
     */
    @Override
    void close();
}
