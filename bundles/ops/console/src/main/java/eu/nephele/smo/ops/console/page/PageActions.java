// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.StrategyStatus;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.shadow.ShadowService;
import eu.nephele.smo.ops.console.ConsoleServices;
import eu.nephele.smo.ops.console.html.FormFields;
import eu.nephele.smo.ops.console.html.PageView;
import eu.nephele.smo.ops.console.page.ActionOutcome.Done;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

final class PageActions {

    private final ConsoleServices consoleServices;
    private final FormUploads uploads;

    PageActions(ConsoleServices consoleServices, FormUploads uploads) {
        this.consoleServices = consoleServices;
        this.uploads = uploads;
    }

    ActionOutcome perform(HttpServletRequest request, CallContext call) throws IOException, ServletException {
        String action = FormFields.required(request, PageView.ACTION);
        return switch (action) {
            case "install" -> plugins().install(request, call);
            case "upgrade" -> plugins().upgrade(request, call);
            case "start" -> plugins().start(request, call);
            case "stop" -> plugins().stop(request, call);
            case "remove" -> plugins().remove(request, call);
            case "eject" -> standing(strategies().eject(refOf(request), FormFields.required(request, "why"), call));
            case "let-in" -> standing(strategies().letIn(refOf(request), call));
            case "end" -> ended(FormFields.required(request, "id"), call);
            case "promote" -> promoted(FormFields.required(request, "id"), call);
            default -> throw SmoException.invalid("Unknown action " + action, List.of());
        };
    }

    private ActionOutcome ended(String id, CallContext call) {
        var report = shadows().end(id, call);
        return new Done("Shadow %s has ended; it agreed in %s decisions"
                .formatted(
                        id,
                        PageFormats.share(
                                report.counts().agreed(), report.counts().compared())));
    }

    private ActionOutcome promoted(String id, CallContext call) {
        Optional<String> operation = shadows().promote(id, call);
        return new Done("Shadow %s decides now%s"
                .formatted(id, operation.map(each -> "; operation " + each).orElse(" from the next decision on")));
    }

    private static ActionOutcome standing(StrategyStatus strategyStatus) {
        return new Done("%s %s %s is %s"
                .formatted(
                        strategyStatus.ref().kind(),
                        strategyStatus.ref().id(),
                        strategyStatus.ref().version(),
                        PageFormats.lower(strategyStatus.state())));
    }

    private static StrategyRef refOf(HttpServletRequest request) {
        return new StrategyRef(
                FormFields.required(request, "kind"),
                FormFields.required(request, "id"),
                FormFields.required(request, "version"));
    }

    private PluginActions plugins() {
        return new PluginActions(consoleServices.plugins().orElseThrow(() -> away("core/plugins")), uploads);
    }

    private StrategyControl strategies() {
        return consoleServices.strategies().orElseThrow(() -> away("core/strategies"));
    }

    private ShadowService shadows() {
        return consoleServices.shadows().orElseThrow(() -> away("core/shadow"));
    }

    private static SmoException away(String room) {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE, "smo", room + " is unavailable now. Try again", Optional.empty());
    }
}
