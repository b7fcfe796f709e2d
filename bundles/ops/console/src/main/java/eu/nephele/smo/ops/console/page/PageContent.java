// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.ops.console.ConsoleServices;
import eu.nephele.smo.ops.console.html.FormFields;
import eu.nephele.smo.ops.console.html.Html.Fragment;
import eu.nephele.smo.ops.console.html.PageView;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/** Selected part of the page: everything, one plugin, one shadow, or a question. */
final class PageContent {

    private static final Set<String> CONFIRMED = Set.of("remove", "stop", "upgrade");

    private final ConsoleServices consoleServices;
    private final PageView view;

    PageContent(ConsoleServices consoleServices, PageView view) {
        this.consoleServices = consoleServices;
        this.view = view;
    }

    Fragment create(HttpServletRequest request) {
        Optional<PluginService> plugins = consoleServices.plugins();
        Optional<String> plugin = FormFields.optional(request, "plugin");
        if (plugin.isPresent() && plugins.isPresent()) {
            return new PluginDetail(plugins.get(), plugin.get(), view);
        }
        Optional<String> confirm = FormFields.optional(request, "confirm").filter(CONFIRMED::contains);
        if (confirm.isPresent() && plugins.isPresent()) {
            String id = FormFields.required(request, "id");
            String version = FormFields.optional(request, "version").orElse("");
            return new Confirmation(confirm.get(), id, version, plugins.get().uses(id, view.call()), view);
        }
        return FormFields.optional(request, "shadow").map(this::shadow).orElseGet(this::everything);
    }

    private Fragment shadow(String id) {
        return consoleServices
                .shadows()
                .flatMap(shadows -> shadows.report(id, view.call()))
                .map(new ShadowSection(consoleServices, view)::report)
                .orElseThrow(() -> SmoException.notFound("Unknown shadow " + id));
    }

    private Fragment everything() {
        return html -> html.add(new PluginSection(consoleServices, view))
                .add(new GraphSection(consoleServices, view))
                .add(new StrategySection(consoleServices, view))
                .add(new ShadowSection(consoleServices, view));
    }
}
