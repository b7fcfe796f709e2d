// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyControl.StrategyStatus;
import eu.nephele.smo.core.contract.decision.StrategyControl.TimedFault;
import eu.nephele.smo.ops.console.ConsoleServices;
import eu.nephele.smo.ops.console.StrategyUses;
import eu.nephele.smo.ops.console.html.Html;
import eu.nephele.smo.ops.console.html.Html.Fragment;
import eu.nephele.smo.ops.console.html.PageView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Strategies, objectives and intents: versions, state, use, decisions, faults. */
final class StrategySection implements Fragment {

    private static final List<String> HEADS = List.of(
            "Kind",
            "Strategy",
            "Version",
            "Bundle",
            "State",
            "Graphs",
            "Calls",
            "Decisions",
            "Faults",
            "Last decision",
            "");

    private final ConsoleServices consoleServices;
    private final PageView view;

    StrategySection(ConsoleServices consoleServices, PageView view) {
        this.consoleServices = consoleServices;
        this.view = view;
    }

    @Override
    public void write(Html html) {
        html.element("h3", "Strategies, objectives, intents", "class", "ui-widget-header");
        Optional<StrategyControl> control = consoleServices.strategies();
        if (control.isEmpty()) {
            html.element("p", "The registry of strategies (core/strategies) is unavailable.", "class", "smo-away");
            return;
        }
        StrategyUses uses = StrategyUses.create(consoleServices, view.call());
        List<List<Fragment>> rows = control.get().standings(view.call()).stream()
                .map(each -> row(each, uses))
                .toList();
        html.table("smo-strategies", HEADS, rows, "None.");
        if (!uses.complete()) {
            html.element("p", "The column Graphs covers the first 200 graphs only.");
        }
    }

    private List<Fragment> row(StrategyStatus each, StrategyUses uses) {
        return List.of(
                Html.textual(each.ref().kind()),
                Html.textual(each.ref().id()),
                Html.textual(each.ref().version()),
                Html.textual(each.bundle() + " " + each.bundleVersion()),
                state(each),
                Html.textual(PageFormats.few(uses.find(each.ref()))),
                Html.textual(Long.toString(each.calls())),
                Html.textual(Long.toString(each.decisions())),
                faults(each),
                Html.textual(each.lastDecisionAt().map(PageFormats::time).orElse("–")),
                buttons(each));
    }

    private static Fragment state(StrategyStatus each) {
        String threads =
                each.abandonedThreads() == 0 ? "" : " (%d abandoned threads)".formatted(each.abandonedThreads());
        String why = each.why().isEmpty() ? "" : ": " + each.why();
        return html -> html.element(
                "span",
                PageFormats.lower(each.state()) + why + threads,
                "class",
                each.state() == State.EJECTED ? "smo-bad" : "smo-state",
                "title",
                "since " + PageFormats.time(each.since()));
    }

    private static Fragment faults(StrategyStatus each) {
        String latest = each.latest().stream().map(StrategySection::line).collect(Collectors.joining("\n"));
        return html -> {
            if (each.latest().isEmpty()) {
                html.text(Long.toString(each.faults()));
            } else {
                html.open("details")
                        .element("summary", Long.toString(each.faults()))
                        .element("pre", latest)
                        .close("details");
            }
        };
    }

    private static String line(TimedFault fault) {
        return PageFormats.time(fault.at()) + " " + fault.fault().what() + ": "
                + fault.fault().message();
    }

    private Fragment buttons(StrategyStatus each) {
        Map<String, String> which = Map.of(
                "kind",
                each.ref().kind(),
                "id",
                each.ref().id(),
                "version",
                each.ref().version());
        return each.state() == State.EJECTED
                ? view.button("let-in", "Let in", which)
                : view.question("eject", "Eject", "why", which);
    }
}
