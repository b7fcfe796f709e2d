// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import eu.nephele.smo.ops.console.SleepingConsole.Awakening;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes the web console for the first visitor and redirects them to it. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/*",
            "osgi.http.whiteboard.servlet.name=smo-console-door",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=smo-console-door)"
        })
public final class DoorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DoorServlet.class);

    private final transient SleepingConsole console;

    @Activate
    public DoorServlet(@Reference SleepingConsole console) {
        this.console = console;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Awakening awakening = console.wake();
            if (awakening == Awakening.WOKEN && request.getMethod().equals("GET")) {
                String query = request.getQueryString();
                response.sendRedirect(request.getRequestURI() + (query == null ? "" : "?" + query));
            } else if (awakening == Awakening.STOPPED) {
                unavailable(
                        request, response, "The web console is stopped. Start the bundle org.apache.felix.webconsole");
            } else {
                unavailable(request, response, "The web console is waking up. Try again");
            }
        } catch (BundleException broken) {
            LOG.warn("starting web console failed", broken);
            unavailable(request, response, "The web console cannot be started: " + broken.getMessage());
        }
    }

    private static void unavailable(HttpServletRequest request, HttpServletResponse response, String detail)
            throws IOException {
        response.setHeader("Retry-After", "1");
        new ConsoleProblem(HttpServletResponse.SC_SERVICE_UNAVAILABLE, detail).answer(request, response);
    }
}
