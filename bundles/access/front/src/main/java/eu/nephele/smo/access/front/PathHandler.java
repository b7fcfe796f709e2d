// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Gives a request at a {@link PathConnector} the path that it has at the port of the server. */
final class PathHandler extends Handler.Wrapper {

    PathHandler(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return request.getConnectionMetaData().getConnector() instanceof PathConnector port
                ? super.handle(below(port.path(), request), response, callback)
                : super.handle(request, response, callback);
    }

    private static Request below(String root, Request request) {
        HttpURI asked = request.getHttpURI();
        // the canonical path: dots in it lead nowhere else any more
        HttpURI whole =
                HttpURI.build(asked).path(root + asked.getCanonicalPath()).asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpURI getHttpURI() {
                return whole;
            }
        };
    }
}
