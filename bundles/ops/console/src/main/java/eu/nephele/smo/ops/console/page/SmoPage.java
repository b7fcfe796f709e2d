// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.ops.console.ConsoleConfig;
import eu.nephele.smo.ops.console.ConsoleServices;
import eu.nephele.smo.ops.console.html.CallerReader;
import eu.nephele.smo.ops.console.html.FormFields;
import eu.nephele.smo.ops.console.html.FormToken;
import eu.nephele.smo.ops.console.html.Html;
import eu.nephele.smo.ops.console.html.PageView;
import eu.nephele.smo.ops.console.page.ActionOutcome.ConfirmationRequired;
import eu.nephele.smo.ops.console.page.ActionOutcome.Done;
import eu.nephele.smo.ops.console.page.ActionOutcome.Started;
import eu.nephele.smo.ops.console.page.FlashMessages.Note;
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
 * The page SMO of the web console. A form is answered with a redirection, so that reloading does nothing twice. The
 * console admits the administrator only.
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

    private final transient ConsoleServices consoleServices;
    private final transient FormToken token;
    private final transient PageActions actions;
    private final transient FlashMessages flashMessages = new FlashMessages();
    private final transient Duration wait;

    @Activate
    public SmoPage(
            @Reference ConsoleServices consoleServices,
            @Reference FormToken token,
            ConsoleConfig config,
            BundleContext context) {
        this(
                consoleServices,
                token,
                new FormUploads(temporary(context), config.uploadLimitBytes()),
                config.waitSeconds());
    }

    SmoPage(ConsoleServices consoleServices, FormToken token, FormUploads uploads, int waitSeconds) {
        this.consoleServices = consoleServices;
        this.token = token;
        this.actions = new PageActions(consoleServices, uploads);
        this.wait = Duration.ofSeconds(waitSeconds);
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Html html = new Html();
        PageView view = new PageView(rootOf(request), token.value(), CallerReader.from(request));
        flashMessages
                .find(request.getParameter("note"))
                .ifPresent(note -> html.element(
                        "div", note.text(), "id", "smo-note", "class", note.good() ? "smo-note" : "smo-note smo-bad"));
        Optional<Operation> operation = operation(request);
        operation.map(OperationSection::new).ifPresent(html::add);
        if (operation.filter(each -> !each.state().isFinal()).isPresent()) {
            response.setHeader("Refresh", "2");
        }
        try {
            html.add(new PageContent(consoleServices, view).create(request));
        } catch (SmoException failed) {
            html.element("p", failed.getMessage(), "class", "smo-note smo-bad");
        }
        response.getWriter().write(html.toString());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String root = rootOf(request);
        if (!token.matches(request.getParameter(PageView.TOKEN))) {
            response.sendError(
                    HttpServletResponse.SC_FORBIDDEN,
                    "This form is not from a page of this server, or the server was restarted since. Load the page"
                            + " again");
            return;
        }
        CallContext call = CallerReader.from(request);
        String target;
        try {
            target = target(root, actions.perform(request, call), call);
        } catch (SmoException refused) {
            target = PageView.address(root, "note", flashMessages.keep(new Note(false, refused.getMessage())));
        } catch (IOException failed) {
            LOG.warn("request of the page SMO failed", failed);
            target = PageView.address(
                    root, "note", flashMessages.keep(new Note(false, "The file could not be stored: " + failed)));
        }
        response.setStatus(SEE_OTHER);
        response.setHeader("Location", target);
    }

    private String target(String root, ActionOutcome outcome, CallContext call) {
        if (outcome instanceof Started started) {
            return PageView.address(
                    root, "operation", awaited(started.operation(), call).id());
        }
        if (outcome instanceof ConfirmationRequired confirmationRequired) {
            return PageView.address(
                    root,
                    "confirm",
                    confirmationRequired.action(),
                    "id",
                    confirmationRequired.id(),
                    "version",
                    confirmationRequired.version(),
                    "note",
                    confirmationRequired.why().isEmpty()
                            ? ""
                            : flashMessages.keep(new Note(false, confirmationRequired.why())));
        }
        String text = outcome instanceof Done done ? done.text() : "";
        return PageView.address(root, "note", flashMessages.keep(new Note(true, text)));
    }

    private Operation awaited(Operation operation, CallContext call) {
        return consoleServices
                .operations()
                .filter(service -> !operation.state().isFinal())
                .map(service -> service.await(operation.id(), wait, call))
                .orElse(operation);
    }

    private Optional<Operation> operation(HttpServletRequest request) {
        return FormFields.optional(request, "operation")
                .flatMap(id ->
                        consoleServices.operations().flatMap(service -> service.find(id, CallerReader.from(request))));
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
