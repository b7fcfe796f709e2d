// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reports connections with a request in progress to the {@link ConnectionGuard}. Says in an attribute of the request how
 * its connection is cut: whoever writes without waiting can do nothing else about a client that does not read.
 */
final class CountingHandler extends Handler.Wrapper {

    /** A {@link Runnable}. */
    static final String CUT = "smo.front.cut";

    private final ConnectionGuard guard;

    CountingHandler(Handler next, ConnectionGuard guard) {
        super(next);
        this.guard = guard;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        guard.begun(connection);
        request.setAttribute(CUT, (Runnable) connection.getEndPoint()::close);
        Request.addCompletionListener(request, failure -> guard.ended(connection));
        return super.handle(request, response, callback);
    }
}
