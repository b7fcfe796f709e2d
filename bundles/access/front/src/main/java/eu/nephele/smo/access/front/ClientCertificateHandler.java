// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.core.contract.problem.ProblemDetails;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses requests without a client certificate that the handshake has verified. Probes of health need none, because
 * Kubernetes has none for them.
 */
final class ClientCertificateHandler extends Handler.Wrapper {

    private static final int FORBIDDEN = 403;
    private static final Set<String> PROBES = Set.of("/health", "/health/live", "/health/ready");

    ClientCertificateHandler(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (PROBES.contains(Request.getPathInContext(request)) || isVerified(request)) {
            return super.handle(request, response, callback);
        }
        ProblemDetails problem = new ProblemDetails(
                FORBIDDEN,
                "A client certificate of an authority that this server knows is needed: clientAuthorities of the PID "
                        + FrontConfig.PID);
        new ProblemAnswer(problem, Optional.empty()).write(request, response, new UnreadBodyDrain(request, callback));
        return true;
    }

    private static boolean isVerified(Request request) {
        return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData session
                && session.peerCertificates() != null
                && session.peerCertificates().length > 0;
    }
}
