// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.store.DamagedContentException;
import eu.nephele.smo.core.contract.store.PluginStore;
import eu.nephele.smo.core.plugins.files.FileDigests;
import eu.nephele.smo.core.plugins.files.PluginFolder;
import eu.nephele.smo.core.plugins.files.ReplacedContents;
import eu.nephele.smo.core.plugins.files.StoredPluginList.Replaced;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the contents here that the owner keeps for the way back, so that a rollback is possible after a takeover. */
final class RollbackContents {

    private static final Logger LOG = LoggerFactory.getLogger(RollbackContents.class);

    private final PluginFolder folder;
    private final FileDigests digests = new FileDigests();

    RollbackContents(PluginFolder folder) {
        this.folder = folder;
    }

    /** @param all contents that the owner keeps, the latest first */
    void follow(List<Replaced> all, PluginStore store) throws IOException {
        List<Replaced> kept = all.stream()
                .filter(content -> folder.replaced().takes(content.name()))
                .toList();
        List<String> names = kept.stream().map(Replaced::name).toList();
        List<ReplacedContents.Replaced> here = folder.replaced().all();
        Map<String, String> contents = digests.compute(
                here.stream().map(ReplacedContents.Replaced::file).toList());
        List<Replaced> oldestFirst = new ArrayList<>(kept);
        Collections.reverse(oldestFirst);
        boolean changed = false;
        for (Replaced content : oldestFirst) {
            if (!content.sha256().equals(contents.get(content.name()))) {
                fetch(content, store);
                changed = true;
            }
        }
        List<String> order = here.stream().map(ReplacedContents.Replaced::name).toList();
        if (changed || !order.equals(names)) {
            folder.replaced().order(names);
        }
    }

    private void fetch(Replaced content, PluginStore store) throws IOException {
        Path part = Files.createTempFile(folder.scratch(), "replaced", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                store.copy(content.sha256(), out);
            }
            folder.replaced().put(part, content.name(), content.offers());
        } catch (DamagedContentException damaged) {
            LOG.warn(
                    "rollback content is damaged file={} reason=\"{}\"; this server cannot roll back to it",
                    content.name(),
                    damaged.getMessage());
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
