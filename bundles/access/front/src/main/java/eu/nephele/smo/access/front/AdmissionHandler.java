// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.admission.AdmittedRequests;
import eu.nephele.smo.core.contract.problem.ProblemText;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses changes unread while the engine takes none: a refusal must cost much less than the work, and nobody's turn. Who announces a
 * body and waits to be asked for it is let in, because to tell him no before that would end his connection; the engine asks again
 * before it stores anything.
 */
final class AdmissionHandler extends Handler.Wrapper {

    private static final int UNAVAILABLE = 503;

    private final Doors doors;

    /**
     * @param requests which requests are concerned; empty while nobody serves them
     * @param admission whether the engine takes changes; empty while it is away
     */
    record Doors(Supplier<Optional<AdmittedRequests>> requests, Supplier<Optional<AdmissionControl>> admission) {}

    AdmissionHandler(Handler next, Doors doors) {
        super(next);
        this.doors = doors;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<SmoException> refusal = isConcerned(request) ? refusal() : Optional.empty();
        if (refusal.isEmpty()) {
            return super.handle(request, response, callback);
        }
        SmoException why = refusal.get();
        String detail = Optional.ofNullable(why.getMessage()).orElse("");
        new ProblemAnswer(new ProblemText(UNAVAILABLE, detail), why.retryAfter())
                .write(request, response, new Drain(request, callback));
        return true;
    }

    private boolean isConcerned(Request request) {
        return !request.getHeaders().contains(HttpHeader.EXPECT)
                && doors.requests()
                        .get()
                        .filter(requests -> requests.contains(
                                request.getMethod(), Request.getPathInContext(request), request.getHeaders()::contains))
                        .isPresent();
    }

    private Optional<SmoException> refusal() {
        try {
            doors.admission().get().ifPresent(AdmissionControl::admitChange);
            return Optional.empty();
        } catch (SmoException refused) {
            return Optional.of(refused);
        }
    }
}
