// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.schema;

import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledIntent;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledStrategy;
import java.util.List;

/**
 * Installed extensions that contribute to the schema.
 *
 * @param revision the catalog's revision that this was taken at
 */
public record InstalledExtensions(long revision, List<InstalledIntent> intents, List<InstalledStrategy> strategies) {

    public InstalledExtensions {
        intents = List.copyOf(intents);
        strategies = List.copyOf(strategies);
    }

    public static InstalledExtensions from(StrategyCatalog catalog) {
        // the revision first: a change in between makes the result look old, never too new
        long revision = catalog.revision();
        return new InstalledExtensions(revision, catalog.intents(), catalog.strategies());
    }
}
