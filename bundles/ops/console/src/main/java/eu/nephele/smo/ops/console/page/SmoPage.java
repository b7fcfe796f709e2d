// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.ops.console.ConsoleConfig;
import eu.nephele.smo.ops.console.Rooms;
import eu.nephele.smo.ops.console.html.Callers;
import eu.nephele.smo.ops.console.html.Form;
import eu.nephele.smo.ops.console.html.FormToken;
import eu.nephele.smo.ops.console.html.Html;
import eu.nephele.smo.ops.console.html.View;
import eu.nephele.smo.ops.console.page.Notes.Note;
import eu.nephele.smo.ops.console.page.Outcome.Ask;
import eu.nephele.smo.ops.console.page.Outcome.Done;
import eu.nephele.smo.ops.console.page.Outcome.Started;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page SMO of the web console. A form is answered with a redirection, so that reloading does nothing twice. The console lets
 * nobody here who is not the administrator.
 */
@Component(
        service = Servlet.class,
        configurationPid = ConsoleConfig.PID,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + SmoPage.LABEL,
            ServletConstants.PLUGIN_TITLE + "=SMO",
            ServletConstants.PLUGIN_CATEGORY + "=SMO",
            ServletConstants.PLUGIN_CSS_REFERENCES + "=/" + SmoPage.LABEL + "/res/smo.css"
        })
@Designate(ocd = ConsoleConfig.class)
public final class SmoPage extends AbstractServlet {

    static final String LABEL = "smo";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SmoPage.class);
    private static final int SEE_OTHER = 303;

    private final transient Rooms rooms;
    private final transient FormToken token;
    private final transient Actions actions;
    private final transient Notes notes = new Notes();
    private final transient Duration wait;

    @Activate
    public SmoPage(@Reference Rooms rooms, @Reference FormToken token, ConsoleConfig config, BundleContext context) {
        this(rooms, token, new Uploads(temporary(context), config.uploadLimitBytes()), config.waitSeconds());
    }

    SmoPage(Rooms rooms, FormToken token, Uploads uploads, int waitSeconds) {
        this.rooms = rooms;
        this.token = token;
        this.actions = new Actions(rooms, uploads);
        this.wait = Duration.ofSeconds(waitSeconds);
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Html html = new Html();
        View view = new View(rootOf(request), token.value(), Callers.of(request));
        notes.find(request.getParameter("note"))
                .ifPresent(note -> html.element(
                        "div", note.text(), "id", "smo-note", "class", note.good() ? "smo-note" : "smo-note smo-bad"));
        Optional<Operation> operation = operation(request);
        operation.map(OperationSection::new).ifPresent(html::add);
        if (operation.filter(each -> !each.state().isFinal()).isPresent()) {
            response.setHeader("Refresh", "2");
        }
        try {
            html.add(new Content(rooms, view).of(request));
        } catch (SmoException failed) {
            html.element("p", failed.getMessage(), "class", "smo-note smo-bad");
        }
        response.getWriter().write(html.toString());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String root = rootOf(request);
        if (!token.matches(request.getParameter(View.TOKEN))) {
            response.sendError(
                    HttpServletResponse.SC_FORBIDDEN,
                    "This form is not from a page of this server, or the server was restarted since. Load the page again");
            return;
        }
        CallContext call = Callers.of(request);
        String target;
        try {
            target = target(root, actions.perform(request, call), call);
        } catch (SmoException refused) {
            target = View.address(root, "note", notes.keep(new Note(false, refused.getMessage())));
        } catch (IOException failed) {
            LOG.warn("What the page SMO was asked for could not be done", failed);
            target = View.address(root, "note", notes.keep(new Note(false, "The file could not be kept: " + failed)));
        }
        response.setStatus(SEE_OTHER);
        response.setHeader("Location", target);
    }

    private String target(String root, Outcome outcome, CallContext call) {
        if (outcome instanceof Started started) {
            return View.address(
                    root, "operation", awaited(started.operation(), call).id());
        }
        if (outcome instanceof Ask ask) {
            return View.address(
                    root,
                    "confirm",
                    ask.action(),
                    "id",
                    ask.id(),
                    "version",
                    ask.version(),
                    "note",
                    ask.why().isEmpty() ? "" : notes.keep(new Note(false, ask.why())));
        }
        String text = outcome instanceof Done done ? done.text() : "";
        return View.address(root, "note", notes.keep(new Note(true, text)));
    }

    private Operation awaited(Operation operation, CallContext call) {
        return rooms.operations()
                .filter(service -> !operation.state().isFinal())
                .map(service -> service.await(operation.id(), wait, call))
                .orElse(operation);
    }

    private Optional<Operation> operation(HttpServletRequest request) {
        return Form.optional(request, "operation")
                .flatMap(id -> rooms.operations().flatMap(service -> service.find(id, Callers.of(request))));
    }

    private static String rootOf(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(ServletConstants.ATTR_PLUGIN_ROOT));
    }

    private static Path temporary(BundleContext context) {
        return Optional.ofNullable(context.getProperty("smo.data"))
                .map(data -> Path.of(data, "tmp"))
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
    }
}
