// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.runtime.CallContext;
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

    Outcome install(HttpServletRequest request, CallContext call) throws IOException, ServletException {
        Upload upload = uploads.take(request);
        return new Started(plugins.install(upload.file(), upload.name(), Plugin.Door.CONSOLE, call));
    }

    Outcome upgrade(HttpServletRequest request, CallContext call) throws IOException, ServletException {
        String id = Form.required(request, "id");
        boolean force = shown(request, id, call);
        Upload upload = uploads.take(request);
        try {
            return new Started(plugins.upgrade(id, upload.file(), upload.name(), force, call));
        } catch (SmoException refused) {
            return asked("upgrade", id, "", force, refused, call);
        }
    }

    Outcome start(HttpServletRequest request, CallContext call) {
        Plugin plugin = plugins.start(Form.required(request, "id"), Form.optional(request, "version"), call);
        return new Done("%s %s is %s".formatted(plugin.id(), plugin.version(), stateOf(plugin)));
    }

    Outcome stop(HttpServletRequest request, CallContext call) {
        Optional<String> version = Form.optional(request, "version");
        return unlessUsed(request, call, "stop", version, force -> {
            Plugin plugin = plugins.stop(Form.required(request, "id"), version, force, call);
            return new Done("%s %s is %s".formatted(plugin.id(), plugin.version(), stateOf(plugin)));
        });
    }

    Outcome remove(HttpServletRequest request, CallContext call) {
        Optional<String> version = Form.optional(request, "version");
        return unlessUsed(
                request,
                call,
                "remove",
                version,
                force -> new Started(plugins.remove(Form.required(request, "id"), version, force, call)));
    }

    private Outcome unlessUsed(
            HttpServletRequest request,
            CallContext call,
            String action,
            Optional<String> version,
            Function<Boolean, Outcome> change) {
        String id = Form.required(request, "id");
        boolean force = shown(request, id, call);
        try {
            return change.apply(force);
        } catch (SmoException refused) {
            return asked(action, id, version.orElse(""), force, refused, call);
        }
    }

    private Outcome asked(
            String action, String id, String version, boolean force, SmoException refused, CallContext call) {
        if (refused.kind() == SmoException.Kind.CONFLICT
                && !force
                && !plugins.uses(id, call).isEmpty()) {
            return new Ask(action, id, version, refused.getMessage());
        }
        throw refused;
    }

    /** Whether the graphs that use it now are those that were shown. */
    private boolean shown(HttpServletRequest request, String id, CallContext call) {
        return Form.optional(request, Confirmation.SHOWN)
                .filter(Confirmation.digest(plugins.uses(id, call))::equals)
                .isPresent();
    }

    private static String stateOf(Plugin plugin) {
        return Words.lower(plugin.state()) + (plugin.why().isEmpty() ? "" : ": " + plugin.why());
    }
}
