// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.PluginSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code plugins.json}: written anew at each change, whole or not at all. Used by one thread, read by any. */
public final class StateFile {

    public static final String NAME = "plugins.json";

    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

    private final PluginFolder folder;
    private final StateReplica stateReplica;
    private volatile PersistedState persistedState;

    /** A replica of the state, written after it is on the disk. */
    public interface StateReplica {

        StateReplica NONE = new StateReplica() {
            @Override
            public StoreRevision next(StoreRevision now) {
                return now;
            }

            @Override
            public void written(PersistedState now) {}
        };

        StoreRevision next(StoreRevision now);

        /** It is on the disk. */
        void written(PersistedState now);
    }

    public StateFile(PluginFolder folder) throws IOException {
        this(folder, StateReplica.NONE);
    }

    public StateFile(PluginFolder folder, StateReplica stateReplica) throws IOException {
        this.folder = folder;
        this.stateReplica = stateReplica;
        this.persistedState = read(folder.file(NAME));
    }

    private static PersistedState read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return PersistedState.NOTHING;
        }
        try {
            return StateJson.read(StrictJson.parseObject(Files.readString(file)));
        } catch (IllegalArgumentException broken) {
            Path aside = file.resolveSibling(NAME + ".broken");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.error(
                    "reading plugin states failed file={} movedTo={} reason=\"{}\"; admitting all plugins again",
                    file,
                    aside,
                    broken.getMessage());
            return PersistedState.NOTHING;
        }
    }

    public PersistedState now() {
        return persistedState;
    }

    public void plugins(List<Plugin> plugins) throws IOException {
        write(persistedState.withPlugins(plugins));
    }

    public void verdict(String sha256, JsonObject report) throws IOException {
        write(persistedState.withVerdict(sha256, report));
    }

    /** @param file file that is being replaced; "" when that is done */
    public void replacing(String file) throws IOException {
        write(persistedState.withReplacing(file));
    }

    /** @param operation operation that the next version of this bundle has to end; "" when it is done */
    public void handedOver(String operation) throws IOException {
        write(persistedState.withHandedOver(operation));
    }

    public void signers(List<PluginSigner> signers) throws IOException {
        write(persistedState.withSigners(signers));
    }

    /** Stores the revision with which this folder is in accord. */
    public void store(StoreRevision storeRevision) throws IOException {
        PersistedState next = persistedState.withStore(storeRevision);
        if (!next.equals(persistedState)) {
            put(next);
        }
    }

    private void write(PersistedState next) throws IOException {
        if (!next.equals(persistedState)) {
            put(next.withStore(stateReplica.next(next.store())));
            stateReplica.written(persistedState);
        }
    }

    private void put(PersistedState next) throws IOException {
        folder.write(NAME, StateJson.write(next).toJson());
        persistedState = next;
    }
}
