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
    private volatile Remembered remembered;

    public StateFile(PluginFolder folder) throws IOException {
        this.folder = folder;
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

    private void write(Remembered next) throws IOException {
        if (!next.equals(remembered)) {
            folder.write(NAME, StateJson.write(next).toJson());
            remembered = next;
        }
    }
}
