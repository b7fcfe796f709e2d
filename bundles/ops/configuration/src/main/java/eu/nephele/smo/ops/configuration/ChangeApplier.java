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
 * Applies changes from the store to the folder of configurations, each once: later edits of a file are kept. After a
 * kill between store and folder the next poll catches up, because the folder is behind.
 */
final class ChangeApplier {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeApplier.class);

    private final ConfigurationFolder folder;

    ChangeApplier(ConfigurationFolder folder) {
        this.folder = folder;
    }

    /** @param carried number of changes applied */
    record ConfigurationState(ConfigurationRevision configurationRevision, int carried) {}

    /** Applies those that are new in the store. */
    synchronized ConfigurationState poll(ConfigurationStore store) throws IOException {
        // Read first, because another server with the same folder may be ahead: what it has applied is in the store by
        // then.
        AppliedChanges appliedChanges = folder.carried();
        ConfigurationRevision configurationRevision = store.mark();
        if (!appliedChanges.origin().equals(configurationRevision.origin())) {
            appliedChanges = appliedChanges.at(configurationRevision.origin(), 0);
        } else if (appliedChanges.revision() > configurationRevision.revision()) {
            LOG.warn(
                    "database restored revision={} folder={}; later configuration changes stay in the folder only",
                    configurationRevision.revision(),
                    folder());
            appliedChanges = appliedChanges.at(configurationRevision.origin(), configurationRevision.revision());
            folder.remember(appliedChanges);
        }
        if (appliedChanges.revision() == configurationRevision.revision()) {
            return new ConfigurationState(configurationRevision, 0);
        }
        int count = 0;
        for (StoredConfiguration change : store.changedAfter(appliedChanges.revision())) {
            if (!ConfigurationFolder.isName(change.pid())) {
                LOG.warn("configuration skipped configuration={} reason=\"not a valid file name\"", change.pid());
                appliedChanges = appliedChanges.at(configurationRevision.origin(), change.revision());
                folder.remember(appliedChanges);
                continue;
            }
            appliedChanges =
                    folder.carryOut(change, appliedChanges).at(configurationRevision.origin(), change.revision());
            folder.remember(appliedChanges);
            count++;
            LOG.info(
                    "configuration applied configuration={} change={} revision={}",
                    change.pid(),
                    change.content().isPresent() ? "written" : "removed",
                    change.revision());
        }
        return new ConfigurationState(configurationRevision, count);
    }

    /**
     * Stores a change, then applies it here.
     *
     * @param content empty to remove it
     * @throws IOException when the folder is not writable and nothing was stored, or when the stored change could not
     * be applied here
     */
    synchronized void change(ConfigurationStore store, String pid, Optional<String> content) throws IOException {
        ConfigurationFolder.require(pid);
        folder.requireWritable();
        store.change(pid, content);
        poll(store);
    }

    String folder() {
        return String.valueOf(folder.path().getFileName());
    }
}
