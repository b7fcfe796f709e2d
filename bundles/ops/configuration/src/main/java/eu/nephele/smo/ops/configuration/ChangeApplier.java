// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.core.contract.store.ConfigurationRevision;
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
final class ChangeApplier {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeApplier.class);

    private final ConfigurationFolder folder;

    ChangeApplier(ConfigurationFolder folder) {
        this.folder = folder;
    }

    /**
     * Result of a poll.
     *
     * @param mark of the store
     * @param carried how many changes were carried out
     */
    record ConfigurationState(ConfigurationRevision mark, int carried) {}

    /** Carries out what is new in the store. */
    synchronized ConfigurationState poll(ConfigurationStore store) throws IOException {
        // First, for another server with the same folder may be ahead: what it has carried out is in the store by then.
        AppliedChanges appliedChanges = folder.carried();
        ConfigurationRevision mark = store.mark();
        if (!appliedChanges.origin().equals(mark.origin())) {
            appliedChanges = appliedChanges.at(mark.origin(), 0);
        } else if (appliedChanges.revision() > mark.revision()) {
            LOG.warn(
                    "The database was restored: what was changed of the configuration since its revision {} stays in {} only",
                    mark.revision(),
                    folder());
            appliedChanges = appliedChanges.at(mark.origin(), mark.revision());
            folder.remember(appliedChanges);
        }
        if (appliedChanges.revision() == mark.revision()) {
            return new ConfigurationState(mark, 0);
        }
        int count = 0;
        for (StoredConfiguration change : store.changedAfter(appliedChanges.revision())) {
            if (!ConfigurationFolder.isName(change.pid())) {
                LOG.warn("configuration={} is left out: no file can be named so", change.pid());
                appliedChanges = appliedChanges.at(mark.origin(), change.revision());
                folder.remember(appliedChanges);
                continue;
            }
            appliedChanges = folder.carryOut(change, appliedChanges).at(mark.origin(), change.revision());
            folder.remember(appliedChanges);
            count++;
            LOG.info(
                    "configuration={} is {} as revision {} of the store says",
                    change.pid(),
                    change.content().isPresent() ? "written" : "taken back",
                    change.revision());
        }
        return new ConfigurationState(mark, count);
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
        poll(store);
    }

    /** Name of the folder, for people. */
    String folder() {
        return String.valueOf(folder.path().getFileName());
    }
}
