// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.Finding;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.Verdict;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.ops.console.Rooms;
import eu.nephele.smo.ops.console.html.Html;
import eu.nephele.smo.ops.console.html.Html.Fragment;
import eu.nephele.smo.ops.console.html.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is installed, and a way in. */
final class PluginSection implements Fragment {

    private static final List<String> HEADS =
            List.of("Plugin", "Version", "State", "Offers", "Signer", "Admission", "Came by", "Changed", "");

    private final Rooms rooms;
    private final View view;

    PluginSection(Rooms rooms, View view) {
        this.rooms = rooms;
        this.view = view;
    }

    @Override
    public void write(Html html) {
        html.element("h3", "Plugins", "class", "ui-widget-header");
        Optional<PluginService> plugins = rooms.plugins();
        if (plugins.isEmpty()) {
            html.element("p", "Installation of plugins (core/plugins) is not there.", "class", "smo-away");
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
                Html.textual(Words.few(
                        each.services().stream().map(PluginSection::service).toList())),
                Html.textual(each.artifact().signer().orElse("not signed")),
                Html.textual(admission(each)),
                Html.textual(Words.lower(each.door())),
                Html.textual(Words.time(each.times().changedAt())),
                buttons(each));
    }

    static Fragment state(Plugin each) {
        boolean bad = each.state() == Plugin.State.REFUSED || each.state() == Plugin.State.FAILED;
        String why = each.why().isEmpty() ? "" : ": " + each.why();
        return html -> html.element("span", Words.lower(each.state()) + why, "class", bad ? "smo-bad" : "smo-state");
    }

    static String service(OfferedService each) {
        return (each.kind() + " " + each.name() + " " + each.version()).strip();
    }

    private static String admission(Plugin each) {
        List<String> remarks = each.admission().stream()
                .filter(finding -> finding.verdict() != Verdict.PASSED)
                .map(Finding::detail)
                .toList();
        return remarks.isEmpty() ? "passed" : Words.few(remarks);
    }

    Fragment buttons(Plugin each) {
        Map<String, String> which = Map.of("id", each.id(), "version", each.version());
        boolean runs = each.state() == Plugin.State.ACTIVE || each.state() == Plugin.State.CANDIDATE;
        boolean startable = each.state() == Plugin.State.STOPPED || each.state() == Plugin.State.FAILED;
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
