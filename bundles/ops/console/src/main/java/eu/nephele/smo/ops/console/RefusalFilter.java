// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns refusals of the web console into problem details for all clients but browsers, which get pages. */
@Component(
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=/*",
            "osgi.http.whiteboard.filter.name=smo-console-refusals",
            "osgi.http.whiteboard.filter.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=org.apache.felix.webconsole)"
        })
public final class RefusalFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalFilter.class);

    @Activate
    public RefusalFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest call = (HttpServletRequest) request;
        try {
            answer(call, (HttpServletResponse) response, chain);
        } catch (IllegalStateException gone) {
            // the console lists bundles and configurations one by one, and one of them has gone meanwhile
            if (response.isCommitted()) {
                throw gone;
            }
            LOG.info("page of the web console not shown reason=\"{}\"", gone.getMessage());
            ((HttpServletResponse) response).setHeader("Retry-After", "1");
            ((HttpServletResponse) response)
                    .sendError(
                            HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                            "What this page is about is changing at this moment. Try again");
        }
    }

    private static void answer(HttpServletRequest call, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (takesPages(call)) {
            chain.doFilter(call, response);
            return;
        }
        EmptyPage emptyPage = new EmptyPage(response);
        chain.doFilter(call, emptyPage);
        Optional<ConsoleProblem> refusal = emptyPage.refusal();
        if (refusal.isPresent() && !response.isCommitted()) {
            refusal.get().answer(call, response);
        }
    }

    private static boolean takesPages(HttpServletRequest call) {
        return Optional.ofNullable(call.getHeader("Accept"))
                .filter(accept -> accept.toLowerCase(Locale.ROOT).contains("text/html"))
                .isPresent();
    }

    /** Keeps the status of a refusal and discards its page. */
    private static final class EmptyPage extends HttpServletResponseWrapper {

        private Optional<ConsoleProblem> refusal = Optional.empty();

        EmptyPage(HttpServletResponse response) {
            super(response);
        }

        Optional<ConsoleProblem> refusal() {
            return refusal;
        }

        private boolean refused(int status, String detail) {
            if (status >= SC_BAD_REQUEST) {
                refusal = Optional.of(new ConsoleProblem(status, detail));
            }
            return refusal.isPresent();
        }

        @Override
        public void setStatus(int status) {
            if (!refused(status, "The web console has no such page, or refuses the request")) {
                super.setStatus(status);
            }
        }

        @Override
        public void sendError(int status) {
            setStatus(status);
        }

        @Override
        public void sendError(int status, String message) {
            refused(status, message);
        }

        @Override
        public void setContentType(String type) {
            if (refusal.isEmpty()) {
                super.setContentType(type);
            }
        }

        @Override
        public void setContentLength(int length) {
            if (refusal.isEmpty()) {
                super.setContentLength(length);
            }
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            return refusal.isPresent() ? new PrintWriter(Writer.nullWriter()) : super.getWriter();
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return refusal.isPresent() ? new Nowhere() : super.getOutputStream();
        }

        @Override
        public void flushBuffer() throws IOException {
            if (refusal.isEmpty()) {
                super.flushBuffer();
            }
        }
    }

    private static final class Nowhere extends ServletOutputStream {

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("Asynchronous reads are not supported");
        }

        @Override
        public void write(int value) {}
    }
}
