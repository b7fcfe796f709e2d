// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.RequestBody;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.json.JsonFields;
import eu.nephele.smo.access.client.model.SmoOperation;
import eu.nephele.smo.access.client.model.SmoPlugin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Plugins. Changes need the role of an administrator of plugins. */
public final class PluginCalls {

    private static final String PATH = CallFactory.nativePath("plugins");

    private final CallFactory calls;

    public PluginCalls(CallFactory calls) {
        this.calls = calls;
    }

    /** Every version of every plugin. */
    public SmoCall<List<SmoPlugin>> list() {
        return calls.get(PATH).as(page -> JsonFields.items(page.path("items"), SmoPlugin::from));
    }

    /** The versions of a plugin, highest first. */
    public SmoCall<List<SmoPlugin>> versions(String plugin) {
        return calls.get(path(plugin)).as(page -> JsonFields.items(page.path("versions"), SmoPlugin::from));
    }

    public SmoCall<SmoOperation> install(Path file, Duration wait) {
        return upload(PATH + CallFactory.waiting(wait), file);
    }

    /** Replaces the installed versions by that of the file; {@code force}: also those that graphs require. */
    public SmoCall<SmoOperation> upgrade(String plugin, Path file, boolean force, Duration wait) {
        return upload(path(plugin) + "/upgrade" + CallFactory.waiting(wait) + "&force=" + force, file);
    }

    public SmoCall<SmoOperation> rollback(String plugin, boolean force, Duration wait) {
        return calls.keyed(
                        "POST",
                        path(plugin) + "/rollback" + CallFactory.waiting(wait) + "&force=" + force,
                        Optional.empty())
                .as(SmoOperation::from);
    }

    public SmoCall<SmoOperation> remove(String plugin, boolean force, Duration wait) {
        return calls.keyed("DELETE", path(plugin) + CallFactory.waiting(wait) + "&force=" + force, Optional.empty())
                .as(SmoOperation::from);
    }

    public SmoCall<SmoPlugin> stop(String plugin, boolean force) {
        return calls.change("POST", path(plugin) + "/stop?force=" + force, Optional.empty())
                .as(SmoPlugin::from);
    }

    public SmoCall<SmoPlugin> start(String plugin) {
        return calls.change("POST", path(plugin) + "/start", Optional.empty()).as(SmoPlugin::from);
    }

    private SmoCall<SmoOperation> upload(String path, Path file) {
        String name = String.valueOf(file.getFileName());
        String type = name.toLowerCase(Locale.ROOT).endsWith(".zip") ? "application/zip" : "application/java-archive";
        return calls.keyed(
                        "POST", path + "&name=" + CallFactory.encoded(name), Optional.of(RequestBody.file(file, type)))
                .as(SmoOperation::from);
    }

    private static String path(String plugin) {
        return CallFactory.nativePath("plugins", plugin);
    }
}
