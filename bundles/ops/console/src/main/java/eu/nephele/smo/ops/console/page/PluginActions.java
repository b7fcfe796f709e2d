// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.ops.console.html.FormFields;
import eu.nephele.smo.ops.console.page.ActionOutcome.ConfirmationRequired;
import eu.nephele.smo.ops.console.page.ActionOutcome.Done;
import eu.nephele.smo.ops.console.page.ActionOutcome.Started;
import eu.nephele.smo.ops.console.page.FormUploads.FormUpload;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Installs, upgrades, stops, starts and removes. A plugin in use is removed only after its graphs were shown. */
final class PluginActions {

    private final PluginService plugins;
    private final FormUploads uploads;

    PluginActions(PluginService plugins, FormUploads uploads) {
        this.plugins = plugins;
        this.uploads = uploads;
    }

    ActionOutcome install(HttpServletRequest request, CallContext call) throws IOException, ServletException {
        FormUpload upload = uploads.take(request);
        return new Started(plugins.install(upload.file(), upload.name(), Plugin.InstallSource.CONSOLE, call));
    }

    ActionOutcome upgrade(HttpServletRequest request, CallContext call) throws IOException, ServletException {
        String id = FormFields.required(request, "id");
        boolean force = shown(request, id, call);
        FormUpload upload = uploads.take(request);
        try {
            return new Started(plugins.upgrade(id, upload.file(), upload.name(), force, call));
        } catch (SmoException refused) {
            return asked("upgrade", id, "", force, refused, call);
        }
    }

    ActionOutcome start(HttpServletRequest request, CallContext call) {
        Plugin plugin =
                plugins.start(FormFields.required(request, "id"), FormFields.optional(request, "version"), call);
        return new Done("%s %s is %s".formatted(plugin.id(), plugin.version(), stateOf(plugin)));
    }

    ActionOutcome stop(HttpServletRequest request, CallContext call) {
        Optional<String> version = FormFields.optional(request, "version");
        return unlessUsed(request, call, "stop", version, force -> {
            Plugin plugin = plugins.stop(FormFields.required(request, "id"), version, force, call);
            return new Done("%s %s is %s".formatted(plugin.id(), plugin.version(), stateOf(plugin)));
        });
    }

    ActionOutcome remove(HttpServletRequest request, CallContext call) {
        Optional<String> version = FormFields.optional(request, "version");
        return unlessUsed(
                request,
                call,
                "remove",
                version,
                force -> new Started(plugins.remove(FormFields.required(request, "id"), version, force, call)));
    }

    private ActionOutcome unlessUsed(
            HttpServletRequest request,
            CallContext call,
            String action,
            Optional<String> version,
            Function<Boolean, ActionOutcome> change) {
        String id = FormFields.required(request, "id");
        boolean force = shown(request, id, call);
        try {
            return change.apply(force);
        } catch (SmoException refused) {
            return asked(action, id, version.orElse(""), force, refused, call);
        }
    }

    private ActionOutcome asked(
            String action, String id, String version, boolean force, SmoException refused, CallContext call) {
        if (refused.kind() == SmoException.Kind.CONFLICT
                && !force
                && !plugins.uses(id, call).isEmpty()) {
            return new ConfirmationRequired(action, id, version, refused.getMessage());
        }
        throw refused;
    }

    private boolean shown(HttpServletRequest request, String id, CallContext call) {
        return FormFields.optional(request, Confirmation.SHOWN)
                .filter(Confirmation.digest(plugins.uses(id, call))::equals)
                .isPresent();
    }

    private static String stateOf(Plugin plugin) {
        return PageFormats.lower(plugin.state()) + (plugin.why().isEmpty() ? "" : ": " + plugin.why());
    }
}
