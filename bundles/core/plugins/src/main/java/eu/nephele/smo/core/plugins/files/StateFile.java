// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.Json;
import eu.nephele.smo.core.contract.plugin.Plugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code plugins.json}: written anew at each change, whole or not at all. Used by one thread, read by any. */
public final class StateFile {

    /** Its name in the folder of plugins. */
    public static final String NAME = "plugins.json";

    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

    private final PluginFolder folder;
    private final Copies copies;
    private volatile Remembered remembered;

    /** Where else it is written, after it is on the disk. */
    public interface Copies {

        /** Nowhere. */
        Copies NONE = new Copies() {
            @Override
            public StoreMark next(StoreMark now) {
                return now;
            }

            @Override
            public void written(Remembered now) {}
        };

        /** The mark of what is about to be written. */
        StoreMark next(StoreMark now);

        /** It is on the disk. */
        void written(Remembered now);
    }

    public StateFile(PluginFolder folder) throws IOException {
        this(folder, Copies.NONE);
    }

    public StateFile(PluginFolder folder, Copies copies) throws IOException {
        this.folder = folder;
        this.copies = copies;
        this.remembered = read(folder.file(NAME));
    }

    private static Remembered read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Remembered.NOTHING;
        }
        try {
            return StateJson.read(Json.parseObject(Files.readString(file)));
        } catch (IllegalArgumentException broken) {
            Path aside = file.resolveSibling(NAME + ".broken");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.error(
                    "{} cannot be read and is now {}; every file beside it is admitted anew: {}",
                    file,
                    aside,
                    broken.getMessage());
            return Remembered.NOTHING;
        }
    }

    public Remembered now() {
        return remembered;
    }

    public void plugins(List<Plugin> plugins) throws IOException {
        write(remembered.withPlugins(plugins));
    }

    public void verdict(String sha256, JsonObject report) throws IOException {
        write(remembered.withVerdict(sha256, report));
    }

    /** @param file what is being replaced; "" when that is done */
    public void replacing(String file) throws IOException {
        write(remembered.withReplacing(file));
    }

    /** @param operation what the next version of this bundle has to end; "" when it is done */
    public void handedOver(String operation) throws IOException {
        write(remembered.withHandedOver(operation));
    }

    /** What this folder is in accord with. */
    public void store(StoreMark mark) throws IOException {
        Remembered next = remembered.withStore(mark);
        if (!next.equals(remembered)) {
            put(next);
        }
    }

    private void write(Remembered next) throws IOException {
        if (!next.equals(remembered)) {
            put(next.withStore(copies.next(next.store())));
            copies.written(remembered);
        }
    }

    private void put(Remembered next) throws IOException {
        folder.write(NAME, StateJson.write(next).toJson());
        remembered = next;
    }
}
