// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.Standing;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.shadow.ShadowService;
import eu.nephele.smo.ops.console.Rooms;
import eu.nephele.smo.ops.console.html.Form;
import eu.nephele.smo.ops.console.html.View;
import eu.nephele.smo.ops.console.page.Outcome.Done;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Does what the buttons say. */
final class Actions {

    private final Rooms rooms;
    private final Uploads uploads;

    Actions(Rooms rooms, Uploads uploads) {
        this.rooms = rooms;
        this.uploads = uploads;
    }

    /** @throws SmoException when it cannot be done */
    Outcome perform(HttpServletRequest request, CallContext call) throws IOException, ServletException {
        String action = Form.required(request, View.ACTION);
        return switch (action) {
            case "install" -> plugins().install(request, call);
            case "upgrade" -> plugins().upgrade(request, call);
            case "start" -> plugins().start(request, call);
            case "stop" -> plugins().stop(request, call);
            case "remove" -> plugins().remove(request, call);
            case "eject" -> standing(strategies().eject(refOf(request), Form.required(request, "why"), call));
            case "let-in" -> standing(strategies().letIn(refOf(request), call));
            case "end" -> ended(Form.required(request, "id"), call);
            case "promote" -> promoted(Form.required(request, "id"), call);
            default -> throw SmoException.invalid("There is no action " + action, List.of());
        };
    }

    private Outcome ended(String id, CallContext call) {
        var report = shadows().end(id, call);
        return new Done("Shadow %s has ended; it agreed in %s decisions"
                .formatted(
                        id,
                        Words.share(report.counts().agreed(), report.counts().compared())));
    }

    private Outcome promoted(String id, CallContext call) {
        Optional<String> operation = shadows().promote(id, call);
        return new Done("Shadow %s decides now%s"
                .formatted(id, operation.map(each -> "; operation " + each).orElse(" from the next decision on")));
    }

    private static Outcome standing(Standing standing) {
        return new Done("%s %s %s is %s"
                .formatted(
                        standing.ref().kind(),
                        standing.ref().id(),
                        standing.ref().version(),
                        Words.lower(standing.state())));
    }

    private static StrategyRef refOf(HttpServletRequest request) {
        return new StrategyRef(
                Form.required(request, "kind"), Form.required(request, "id"), Form.required(request, "version"));
    }

    private PluginActions plugins() {
        return new PluginActions(rooms.plugins().orElseThrow(() -> away("core/plugins")), uploads);
    }

    private StrategyControl strategies() {
        return rooms.strategies().orElseThrow(() -> away("core/strategies"));
    }

    private ShadowService shadows() {
        return rooms.shadows().orElseThrow(() -> away("core/shadow"));
    }

    private static SmoException away(String room) {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE, "smo", room + " is not there now. Try again", Optional.empty());
    }
}
