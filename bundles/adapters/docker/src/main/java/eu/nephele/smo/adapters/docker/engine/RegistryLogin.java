// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

/** Credentials for one registry; never logged. */
public record RegistryLogin(String registry, String user, String password) {

    @Override
    public String toString() {
        return "login at " + registry;
    }
}
