// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Completes the headers where an answer leaves the web server: an error page removes those that were set before. */
final class AnswerHeadersHandler extends Handler.Wrapper {

    private final AnswerHeaders headers;

    AnswerHeadersHandler(Handler next, AnswerHeaders headers) {
        super(next);
        this.headers = headers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        boolean secure = request.getConnectionMetaData().isSecure();
        request.addHttpStreamWrapper(stream -> new HttpStream.Wrapper(stream) {
            @Override
            public void prepareResponse(HttpFields.Mutable fields) {
                headers.complete(fields, path, secure);
                super.prepareResponse(fields);
            }
        });
        return super.handle(request, response, callback);
    }
}
