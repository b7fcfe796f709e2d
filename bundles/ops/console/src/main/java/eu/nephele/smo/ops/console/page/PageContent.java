// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.ops.console.Rooms;
import eu.nephele.smo.ops.console.html.Form;
import eu.nephele.smo.ops.console.html.Html.Fragment;
import eu.nephele.smo.ops.console.html.View;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/** Which part of the page is asked for: everything, one plugin, one shadow, or a question. */
final class Content {

    private static final Set<String> CONFIRMED = Set.of("remove", "stop", "upgrade");

    private final Rooms rooms;
    private final View view;

    Content(Rooms rooms, View view) {
        this.rooms = rooms;
        this.view = view;
    }

    Fragment of(HttpServletRequest request) {
        Optional<PluginService> plugins = rooms.plugins();
        Optional<String> plugin = Form.optional(request, "plugin");
        if (plugin.isPresent() && plugins.isPresent()) {
            return new PluginDetail(plugins.get(), plugin.get(), view);
        }
        Optional<String> confirm = Form.optional(request, "confirm").filter(CONFIRMED::contains);
        if (confirm.isPresent() && plugins.isPresent()) {
            String id = Form.required(request, "id");
            String version = Form.optional(request, "version").orElse("");
            return new Confirmation(confirm.get(), id, version, plugins.get().uses(id, view.call()), view);
        }
        return Form.optional(request, "shadow").map(this::shadow).orElseGet(this::everything);
    }

    private Fragment shadow(String id) {
        return rooms.shadows()
                .flatMap(shadows -> shadows.report(id, view.call()))
                .map(new ShadowSection(rooms, view)::report)
                .orElseThrow(() -> SmoException.notFound("There is no shadow " + id));
    }

    private Fragment everything() {
        return html -> html.add(new PluginSection(rooms, view))
                .add(new StrategySection(rooms, view))
                .add(new ShadowSection(rooms, view));
    }
}
