// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Answers every path without a servlet. The REST API takes all paths, unknown ones too, so this servlet is called only
 * while it is unavailable.
 *
 * <p>It is the servlet {@code /} of the default context: that context comes after all others of its path, and in it any
 * other pattern, also the {@code /*} of the interface, comes before. A context of its own could not stay behind the
 * default one.
 */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/",
            "osgi.http.whiteboard.servlet.name=smo-front",
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=default)"
        })
public final class UnavailableServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Activate
    public UnavailableServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        UnavailableResponse.answer(request, response);
    }
}
