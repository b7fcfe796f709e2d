// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Serves the page. Its files are below {@code /dashboard/assets/VERSION/} and may be kept by browsers for good, because another content
 * has another version. Every other path below {@code /dashboard} is an address within the page and answers with its frame. The page
 * contains no data: these it reads from the REST interface, with the rights of whoever uses it.
 */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/*",
            "osgi.http.whiteboard.servlet.name=" + DashboardContext.NAME,
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=" + DashboardContext.NAME + ")"
        })
public final class DashboardServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";

    private final transient PageFrame frame;

    @Activate
    public DashboardServlet(BundleContext context) {
        this(BundledFiles.in(context.getBundle()));
    }

    DashboardServlet(PageFiles files) {
        this.frame = new PageFrame(files, DashboardContext.PATH);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
        if (path.startsWith(PageFrame.ASSETS)) {
            Optional<PageFile> file = frame.asset(path);
            if (file.isEmpty()) {
                // An open page of another version is told by this that it has to be loaded again.
                response.sendError(HttpServletResponse.SC_NOT_FOUND, "The page has no such file in this version");
                return;
            }
            response.setHeader("Cache-Control", FOR_GOOD);
            send(file.get(), request, response);
        } else {
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("Content-Security-Policy", frame.policy());
            send(frame.page(), request, response);
        }
    }

    private static void send(PageFile file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("ETag", file.etag());
        response.setHeader("Vary", "Accept-Encoding");
        if (file.etag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(file.type());
        byte[] content;
        if (acceptsGzip(request)) {
            response.setHeader("Content-Encoding", "gzip");
            content = file.compressed();
        } else {
            content = file.content();
        }
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private static boolean acceptsGzip(HttpServletRequest request) {
        String accepted =
                Optional.ofNullable(request.getHeader("Accept-Encoding")).orElse("");
        return accepted.contains("gzip") && !accepted.matches(".*gzip\\s*;\\s*q=0(\\.0*)?\\s*(,.*)?");
    }
}
