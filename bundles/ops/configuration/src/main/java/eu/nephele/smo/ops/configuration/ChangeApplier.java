// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.core.contract.store.ConfigurationMark;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import eu.nephele.smo.core.contract.store.StoredConfiguration;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries changes from the store into the folder of configurations, each once: what somebody edits there afterwards is his. A kill
 * between the store and the folder is made good with the next look, because the folder is behind.
 */
final class Carrying {

    private static final Logger LOG = LoggerFactory.getLogger(Carrying.class);

    private final ConfigurationFolder folder;

    Carrying(ConfigurationFolder folder) {
        this.folder = folder;
    }

    /**
     * What a look has found.
     *
     * @param mark of the store
     * @param carried how many changes were carried out
     */
    record Look(ConfigurationMark mark, int carried) {}

    /** Carries out what is new in the store. */
    synchronized Look look(ConfigurationStore store) throws IOException {
        // First, for another server with the same folder may be ahead: what it has carried out is in the store by then.
        Carried carried = folder.carried();
        ConfigurationMark mark = store.mark();
        if (!carried.origin().equals(mark.origin())) {
            carried = carried.at(mark.origin(), 0);
        } else if (carried.revision() > mark.revision()) {
            LOG.warn(
                    "The database was restored: what was changed of the configuration since its revision {} stays in {} only",
                    mark.revision(),
                    folder());
            carried = carried.at(mark.origin(), mark.revision());
            folder.remember(carried);
        }
        if (carried.revision() == mark.revision()) {
            return new Look(mark, 0);
        }
        int count = 0;
        for (StoredConfiguration change : store.changedAfter(carried.revision())) {
            if (!ConfigurationFolder.isName(change.pid())) {
                LOG.warn("configuration={} is left out: no file can be named so", change.pid());
                carried = carried.at(mark.origin(), change.revision());
                folder.remember(carried);
                continue;
            }
            carried = folder.carryOut(change, carried).at(mark.origin(), change.revision());
            folder.remember(carried);
            count++;
            LOG.info(
                    "configuration={} is {} as revision {} of the store says",
                    change.pid(),
                    change.content().isPresent() ? "written" : "taken back",
                    change.revision());
        }
        return new Look(mark, count);
    }

    /**
     * Stores a change, then carries it out here.
     *
     * @param content empty to take it back
     * @throws IOException when nothing can be written here, and nothing was stored; or when it was, and could not be carried out here
     */
    synchronized void change(ConfigurationStore store, String pid, Optional<String> content) throws IOException {
        ConfigurationFolder.require(pid);
        folder.requireWritable();
        store.change(pid, content);
        look(store);
    }

    /** Name of the folder, for people. */
    String folder() {
        return String.valueOf(folder.path().getFileName());
    }
}
