// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Context;
import java.io.IOException;

/** What the web server has of a call, beneath the REST framework. */
public final class ServletExchange {

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    public ServletExchange(@Context HttpServletRequest request, @Context HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    ResponseChannel channel() throws IOException {
        return new ResponseChannel(request, response);
    }
}
