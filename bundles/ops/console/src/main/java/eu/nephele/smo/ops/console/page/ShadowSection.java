// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.ShadowReport;
import eu.nephele.smo.core.contract.shadow.ShadowService;
import eu.nephele.smo.ops.console.ConsoleServices;
import eu.nephele.smo.ops.console.html.Html;
import eu.nephele.smo.ops.console.html.Html.Fragment;
import eu.nephele.smo.ops.console.html.PageView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class ShadowSection implements Fragment {

    private static final List<String> HEADS = List.of(
            "Shadow",
            "Strategy",
            "For",
            "Since",
            "Agreed",
            "Moves live / shadow",
            "Faults",
            "Dropped",
            "ms live / shadow",
            "");

    private final ConsoleServices consoleServices;
    private final PageView view;

    ShadowSection(ConsoleServices consoleServices, PageView view) {
        this.consoleServices = consoleServices;
        this.view = view;
    }

    @Override
    public void write(Html html) {
        html.element("h3", "Shadows", "class", "ui-widget-header");
        Optional<ShadowService> shadows = consoleServices.shadows();
        if (shadows.isEmpty()) {
            html.element("p", "Shadows (core/shadow) are unavailable.", "class", "smo-away");
            return;
        }
        List<List<Fragment>> rows = shadows.get().shadows(view.call()).stream()
                .flatMap(each -> shadows.get().report(each.id(), view.call()).stream())
                .map(this::row)
                .toList();
        html.table("smo-shadows", HEADS, rows, "No strategy runs in the shadow of another.");
    }

    private List<Fragment> row(ShadowReport report) {
        Shadow shadow = report.shadow();
        return List.of(
                view.link("shadow", shadow.id(), shadow.id()),
                Html.textual(shadow.kind() + " " + shadow.selection().id().orElse("?")
                        + shadow.selection()
                                .versionRange()
                                .map(range -> " " + range)
                                .orElse("")),
                Html.textual(scope(shadow)),
                Html.textual(PageFormats.time(shadow.since())),
                Html.textual(PageFormats.share(
                        report.counts().agreed(), report.counts().compared())),
                Html.textual(report.liveMoves() + " / " + report.shadowMoves()),
                Html.textual(Long.toString(report.counts().faults())),
                Html.textual(Long.toString(report.counts().dropped())),
                Html.textual(
                        PageFormats.number(report.liveMillis()) + " / " + PageFormats.number(report.shadowMillis())),
                buttons(shadow));
    }

    private Fragment buttons(Shadow shadow) {
        Map<String, String> which = Map.of("id", shadow.id());
        return html -> html.add(view.button("promote", "Promote", which)).add(view.button("end", "End", which));
    }

    private static String scope(Shadow shadow) {
        return shadow.scope()
                .graph()
                .map(Object::toString)
                .or(() -> shadow.scope().project().map(project -> "project " + project))
                .orElse("all");
    }

    Fragment report(ShadowReport report) {
        return html -> {
            html.open("p")
                    .open("a", "href", view.root())
                    .text("← all")
                    .close("a")
                    .close("p");
            html.element("h3", "Shadow " + report.shadow().id(), "class", "ui-widget-header");
            html.table("smo-shadows", HEADS, List.of(row(report)), "");
            html.element(
                    "p",
                    "Only live could decide: %d. Only the shadow could: %d. Replicas live / shadow: %d / %d."
                            .formatted(
                                    report.counts().onlyLive(),
                                    report.counts().onlyShadow(),
                                    report.liveReplicas(),
                                    report.shadowReplicas()));
            html.table(
                    "smo-terms",
                    List.of("Objective", "Unit", "Live", "Shadow", "Difference"),
                    terms(report),
                    "No terms yet.");
            html.table(
                    "smo-comparisons",
                    List.of("At", "Graph", "Agreed", "Live", "Shadow"),
                    latest(report),
                    "No decision yet.");
        };
    }

    private static List<List<Fragment>> terms(ShadowReport report) {
        return report.terms().stream()
                .map(objectiveSum -> List.of(
                        Html.textual(objectiveSum.objective()),
                        Html.textual(objectiveSum.unit()),
                        Html.textual(PageFormats.number(objectiveSum.live())),
                        Html.textual(PageFormats.number(objectiveSum.shadow())),
                        Html.textual(PageFormats.number(objectiveSum.shadow() - objectiveSum.live()))))
                .toList();
    }

    private static List<List<Fragment>> latest(ShadowReport report) {
        return report.latest().stream()
                .map(each -> List.of(
                        Html.textual(PageFormats.time(each.at())),
                        Html.textual(each.graph()),
                        Html.textual(each.agreed() ? "yes" : "no"),
                        Html.textual(each.live()),
                        Html.textual(each.shadow().or(each::fault).orElse("–"))))
                .toList();
    }
}
