// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.ops.console.ConsoleServices;
import eu.nephele.smo.ops.console.html.Html;
import eu.nephele.smo.ops.console.html.Html.Fragment;
import eu.nephele.smo.ops.console.html.PageView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists the installed plugins, and offers an upload. */
final class PluginSection implements Fragment {

    private static final List<String> HEADS =
            List.of("Plugin", "Version", "State", "Offers", "Signer", "Admission", "Came by", "Changed", "");

    private final ConsoleServices consoleServices;
    private final PageView view;

    PluginSection(ConsoleServices consoleServices, PageView view) {
        this.consoleServices = consoleServices;
        this.view = view;
    }

    @Override
    public void write(Html html) {
        html.element("h3", "Plugins", "class", "ui-widget-header");
        Optional<PluginService> plugins = consoleServices.plugins();
        if (plugins.isEmpty()) {
            html.element("p", "Installation of plugins (core/plugins) is unavailable.", "class", "smo-away");
            return;
        }
        html.add(view.upload("install", "Install", Map.of()));
        html.table(
                "smo-plugins",
                HEADS,
                plugins.get().plugins(view.call()).stream().map(this::row).toList(),
                "None is installed.");
    }

    private List<Fragment> row(Plugin each) {
        return List.of(
                view.link("plugin", each.id(), each.id()),
                Html.textual(each.version()),
                state(each),
                Html.textual(PageFormats.few(
                        each.services().stream().map(PluginSection::service).toList())),
                Html.textual(each.artifact().signer().orElse("not signed")),
                Html.textual(admission(each)),
                Html.textual(PageFormats.lower(each.installSource())),
                Html.textual(PageFormats.time(each.times().changedAt())),
                buttons(each));
    }

    static Fragment state(Plugin each) {
        boolean bad = each.state() == Plugin.PluginState.REFUSED || each.state() == Plugin.PluginState.FAILED;
        String why = each.why().isEmpty() ? "" : ": " + each.why();
        return html ->
                html.element("span", PageFormats.lower(each.state()) + why, "class", bad ? "smo-bad" : "smo-state");
    }

    static String service(OfferedService each) {
        return (each.kind() + " " + each.name() + " " + each.version()).strip();
    }

    private static String admission(Plugin each) {
        List<String> remarks = each.admission().stream()
                .filter(finding -> finding.verdict() != FindingVerdict.PASSED)
                .map(AdmissionFinding::detail)
                .toList();
        return remarks.isEmpty() ? "passed" : PageFormats.few(remarks);
    }

    Fragment buttons(Plugin each) {
        Map<String, String> which = Map.of("id", each.id(), "version", each.version());
        boolean runs = each.state() == Plugin.PluginState.ACTIVE || each.state() == Plugin.PluginState.CANDIDATE;
        boolean startable = each.state() == Plugin.PluginState.STOPPED || each.state() == Plugin.PluginState.FAILED;
        return html -> {
            if (runs) {
                html.add(view.button("stop", "Stop", which));
            }
            if (startable) {
                html.add(view.button("start", "Start", which));
            }
            html.add(view.button("remove", "Remove", which));
        };
    }
}
