// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.admission.AdmissionRoutes;
import eu.nephele.smo.core.contract.measure.MeasuredCall;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.problem.ProblemDetails;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses changes unread while the engine admits none: a refusal must cost much less than the work, and no permit. The
 * engine checks again before it stores anything.
 */
final class AdmissionHandler extends Handler.Wrapper {

    private static final Logger LOG = LoggerFactory.getLogger(AdmissionHandler.class);
    private static final int UNAVAILABLE = 503;
    private static final Duration USUAL_RETRY = Duration.ofSeconds(5);

    private final AdmissionSources admissionSources;

    /** Each supplier is empty while its service is unavailable. */
    record AdmissionSources(
            Supplier<Optional<AdmissionRoutes>> requests,
            Supplier<Optional<AdmissionControl>> admission,
            Supplier<Optional<MetricsRecorder>> measurements) {}

    AdmissionHandler(Handler next, AdmissionSources admissionSources) {
        super(next);
        this.admissionSources = admissionSources;
    }

    private record AdmissionRefusal(String route, SmoException why) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        long begun = System.nanoTime();
        Optional<AdmissionRefusal> refusal = refusal(request);
        if (refusal.isEmpty()) {
            return super.handle(request, response, callback);
        }
        measure(request, refusal.get().route(), begun);
        SmoException why = refusal.get().why();
        ProblemDetails problem = new ProblemDetails(
                UNAVAILABLE, Optional.ofNullable(why.getMessage()).orElse(""));
        new ProblemAnswer(problem, Optional.of(why.retryAfter().orElse(USUAL_RETRY)))
                .write(request, response, end(request, response, callback));
        return true;
    }

    /** A failing source does not refuse, because the handler of the request detects the failure itself. */
    private Optional<AdmissionRefusal> refusal(Request request) {
        try {
            return admissionSources
                    .requests()
                    .get()
                    .flatMap(requests -> requests.route(
                            request.getMethod(), Request.getPathInContext(request), request.getHeaders()::contains))
                    .flatMap(route -> refusal().map(why -> new AdmissionRefusal(route, why)));
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("reading admission of changes failed", e);
            return Optional.empty();
        }
    }

    private Optional<SmoException> refusal() {
        try {
            admissionSources.admission().get().ifPresent(AdmissionControl::admitChange);
            return Optional.empty();
        } catch (SmoException refused) {
            return Optional.of(refused).filter(why -> why.kind() == SmoException.Kind.UNAVAILABLE);
        }
    }

    private void measure(Request request, String route, long begunNanos) {
        MeasuredCall call = new MeasuredCall(
                request.getMethod(), route, UNAVAILABLE, Duration.ofNanos(System.nanoTime() - begunNanos));
        try {
            admissionSources.measurements().get().ifPresent(call::record);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("recording a refusal failed", e);
        }
    }

    /**
     * A client that waits for 100 Continue never gets it, so the connection ends with the answer (RFC 9110, 10.1.1).
     */
    private static Callback end(Request request, Response response, Callback callback) {
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
            return callback;
        }
        return new UnreadBodyDrain(request, callback);
    }
}
