// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.command;

import java.util.Locale;

/** Databases of the server, as options name them. */
public enum DatabaseKind {
    H2,
    POSTGRESQL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
