// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Turns the 404 of an empty Jakarta REST whiteboard into that of {@link UnavailableResponse}. While our application is
 * not registered, the whiteboard serves an application without resources at the root, which leaves the error page to
 * the web server. Our application writes its own 404 with a body, which this filter does not see.
 */
@Component(
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=/*",
            "osgi.http.whiteboard.filter.name=smo-front",
            "osgi.http.whiteboard.filter.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.context.select=(|(osgi.http.whiteboard.context.name=default)"
                    + "(osgi.http.whiteboard.context.name=ContextForRestWhiteboard*))"
        })
public final class UnavailableFilter implements Filter {

    @Activate
    public UnavailableFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, new EmptyResponse((HttpServletRequest) request, (HttpServletResponse) response));
    }

    private static final class EmptyResponse extends HttpServletResponseWrapper {

        private final HttpServletRequest request;
        private final HttpServletResponse response;

        EmptyResponse(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
            this.response = response;
        }

        @Override
        public void sendError(int status) throws IOException {
            if (status == SC_NOT_FOUND && !isCommitted()) {
                UnavailableResponse.answer(request, response);
            } else {
                super.sendError(status);
            }
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            if (status == SC_NOT_FOUND && !isCommitted()) {
                UnavailableResponse.answer(request, response);
            } else {
                super.sendError(status, message);
            }
        }
    }
}
