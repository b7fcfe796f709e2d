// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.admission.AdmittedRequests;
import eu.nephele.smo.core.contract.measure.MeasuredCall;
import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.contract.problem.ProblemText;
import java.time.Duration;
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
     * Each of them is empty while it is away.
     *
     * @param requests which requests are concerned
     * @param admission whether the engine takes changes
     * @param measurements where calls are counted
     */
    record Doors(
            Supplier<Optional<AdmittedRequests>> requests,
            Supplier<Optional<AdmissionControl>> admission,
            Supplier<Optional<Measurements>> measurements) {}

    AdmissionHandler(Handler next, Doors doors) {
        super(next);
        this.doors = doors;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        long begun = System.nanoTime();
        Optional<String> route = route(request);
        Optional<SmoException> refusal = route.isPresent() ? refusal() : Optional.empty();
        if (route.isEmpty() || refusal.isEmpty()) {
            return super.handle(request, response, callback);
        }
        refuse(request, response, refusal.get(), new Drain(request, callback));
        MeasuredCall call = new MeasuredCall(
                request.getMethod(), route.get(), UNAVAILABLE, Duration.ofNanos(System.nanoTime() - begun));
        doors.measurements().get().ifPresent(call::note);
        return true;
    }

    private static void refuse(Request request, Response response, SmoException why, Callback callback) {
        String detail = Optional.ofNullable(why.getMessage()).orElse("");
        new ProblemAnswer(new ProblemText(UNAVAILABLE, detail), why.retryAfter()).write(request, response, callback);
    }

    private Optional<String> route(Request request) {
        return request.getHeaders().contains(HttpHeader.EXPECT)
                ? Optional.empty()
                : doors.requests()
                        .get()
                        .flatMap(requests -> requests.route(
                                request.getMethod(),
                                Request.getPathInContext(request),
                                request.getHeaders()::contains));
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
