// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.ops.console.html.Form;
import eu.nephele.smo.ops.console.page.Outcome.Ask;
import eu.nephele.smo.ops.console.page.Outcome.Done;
import eu.nephele.smo.ops.console.page.Outcome.Started;
import eu.nephele.smo.ops.console.page.Uploads.Upload;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Installs, upgrades, stops, starts and removes. What graphs use goes only after they were shown. */
final class PluginActions {

    private final PluginService plugins;
    private final Uploads uploads;

    PluginActions(PluginService plugins, Uploads uploads) {
        this.plugins = plugins;
        this.uploads = uploads;
    }

    Outcome install(HttpServletRequest request, RequestOrigin origin) throws IOException, ServletException {
        Upload upload = uploads.take(request);
        return new Started(plugins.install(upload.file(), upload.name(), Plugin.Door.CONSOLE, origin));
    }

    Outcome upgrade(HttpServletRequest request, RequestOrigin origin) throws IOException, ServletException {
        String id = Form.required(request, "id");
        boolean force = shown(request, id);
        Upload upload = uploads.take(request);
        try {
            return new Started(plugins.upgrade(id, upload.file(), upload.name(), force, origin));
        } catch (SmoException refused) {
            return asked("upgrade", id, "", force, refused);
        }
    }

    Outcome start(HttpServletRequest request, RequestOrigin origin) {
        Plugin plugin = plugins.start(Form.required(request, "id"), Form.optional(request, "version"), origin);
        return new Done("%s %s is %s".formatted(plugin.id(), plugin.version(), stateOf(plugin)));
    }

    Outcome stop(HttpServletRequest request, RequestOrigin origin) {
        Optional<String> version = Form.optional(request, "version");
        return unlessUsed(request, "stop", version, force -> {
            Plugin plugin = plugins.stop(Form.required(request, "id"), version, force, origin);
            return new Done("%s %s is %s".formatted(plugin.id(), plugin.version(), stateOf(plugin)));
        });
    }

    Outcome remove(HttpServletRequest request, RequestOrigin origin) {
        Optional<String> version = Form.optional(request, "version");
        return unlessUsed(
                request,
                "remove",
                version,
                force -> new Started(plugins.remove(Form.required(request, "id"), version, force, origin)));
    }

    private Outcome unlessUsed(
            HttpServletRequest request, String action, Optional<String> version, Function<Boolean, Outcome> change) {
        String id = Form.required(request, "id");
        boolean force = shown(request, id);
        try {
            return change.apply(force);
        } catch (SmoException refused) {
            return asked(action, id, version.orElse(""), force, refused);
        }
    }

    private Outcome asked(String action, String id, String version, boolean force, SmoException refused) {
        if (refused.kind() == SmoException.Kind.CONFLICT
                && !force
                && !plugins.uses(id).isEmpty()) {
            return new Ask(action, id, version, refused.getMessage());
        }
        throw refused;
    }

    /** Whether the graphs that use it now are those that were shown. */
    private boolean shown(HttpServletRequest request, String id) {
        return Form.optional(request, Confirmation.SHOWN)
                .filter(Confirmation.digest(plugins.uses(id))::equals)
                .isPresent();
    }

    private static String stateOf(Plugin plugin) {
        return Words.lower(plugin.state()) + (plugin.why().isEmpty() ? "" : ": " + plugin.why());
    }
}
