// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.ops.console.html.Html;
import eu.nephele.smo.ops.console.html.Html.Fragment;
import eu.nephele.smo.ops.console.html.PageView;
import java.util.List;
import java.util.Map;

/** All versions of one plugin with their details and actions. */
final class PluginDetail implements Fragment {

    private final PluginService plugins;
    private final String id;
    private final PageView view;

    PluginDetail(PluginService plugins, String id, PageView view) {
        this.plugins = plugins;
        this.id = id;
        this.view = view;
    }

    @Override
    public void write(Html html) {
        html.open("p").add(back()).close("p");
        html.element("h3", "Plugin " + id, "class", "ui-widget-header");
        List<Plugin> versions = plugins.versions(id, view.call());
        if (versions.isEmpty()) {
            html.element("p", "It is not installed.");
            return;
        }
        html.add(view.upload("upgrade", "Upgrade", Map.of("id", id)));
        html.add(graphs(plugins.uses(id, view.call())));
        versions.forEach(version -> write(html, version));
    }

    private Fragment back() {
        return html -> html.open("a", "href", view.root()).text("← all").close("a");
    }

    static Fragment graphs(List<PluginService.PluginUse> uses) {
        return html -> html.element("h4", "Graphs that use it")
                .table(
                        "smo-uses",
                        List.of("Graph", "How"),
                        uses.stream()
                                .map(use -> List.of(Html.textual(use.graph()), Html.textual(use.how())))
                                .toList(),
                        "No graph uses it.");
    }

    private void write(Html html, Plugin each) {
        html.element("h4", "Version " + each.version());
        html.open("p")
                .add(PluginSection.state(each))
                .text(each.replaces() ? " – in the place of a bundle of the product" : "")
                .close("p");
        html.table("smo-facts", List.of("What", ""), facts(each), "");
        html.table(
                "smo-admission",
                List.of("Admission", "Verdict", "Detail"),
                each.admission().stream()
                        .map(finding -> List.of(
                                Html.textual(finding.rule()),
                                Html.textual(PageFormats.lower(finding.verdict())),
                                Html.textual(finding.detail())))
                        .toList(),
                "It has not been through admission.");
        each.conformance().ifPresent(report -> html.open("details")
                .element("summary", "Report of the conformance kit")
                .element("pre", report.toJson())
                .close("details"));
    }

    private static List<List<Fragment>> facts(Plugin each) {
        return List.of(
                fact("File", each.artifact().file()),
                fact("SHA-256", each.artifact().sha256()),
                fact("Signer", each.artifact().signer().orElse("not signed")),
                fact(
                        "Came by",
                        PageFormats.lower(each.installSource()) + ", "
                                + PageFormats.time(each.times().installedAt())),
                fact(
                        "Offers",
                        String.join(
                                ", ",
                                each.services().stream()
                                        .map(PluginSection::service)
                                        .toList())),
                fact("Imports", String.join(", ", each.imports())));
    }

    private static List<Fragment> fact(String what, String value) {
        return List.of(Html.textual(what), Html.textual(value));
    }
}
