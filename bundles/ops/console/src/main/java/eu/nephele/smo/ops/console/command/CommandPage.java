// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.command;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.ops.console.ConsoleConfig;
import eu.nephele.smo.ops.console.html.CallerReader;
import eu.nephele.smo.ops.console.html.FormFields;
import eu.nephele.smo.ops.console.html.FormToken;
import eu.nephele.smo.ops.console.html.Html;
import eu.nephele.smo.ops.console.html.PageView;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page SMO commands: one line and its output. It is the only access to the shell, and it requires the token. */
@Component(
        service = Servlet.class,
        configurationPid = ConsoleConfig.PID,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + CommandPage.LABEL,
            ServletConstants.PLUGIN_TITLE + "=SMO commands",
            ServletConstants.PLUGIN_CATEGORY + "=SMO",
            ServletConstants.PLUGIN_CSS_REFERENCES + "=/smo/res/smo.css"
        })
public final class CommandPage extends AbstractServlet {

    static final String LABEL = "smo-commands";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(CommandPage.class);
    private static final int SEE_OTHER = 303;
    private static final int MOST_ANSWERS = 20;
    private static final String LINE = "line";

    private final transient GogoShell shell;
    private final transient FormToken token;
    private final transient Map<String, CommandOutput> answers = new LinkedHashMap<>();

    private record CommandOutput(String line, boolean good, String text) {}

    @Activate
    public CommandPage(
            @Reference CommandProcessor processor,
            @Reference FormToken token,
            ConsoleConfig config,
            BundleContext context) {
        this.shell = new GogoShell(processor, context, List.of(config.commandScopes()));
        this.token = token;
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<CommandOutput> answer = FormFields.optional(request, "answer").flatMap(this::answer);
        Html html = new Html();
        html.element("p", "Commands: " + String.join(", ", shell.commands()));
        html.open("form", "method", "post", "action", rootOf(request), "class", "smo-command")
                .open("input", "type", "hidden", "name", PageView.TOKEN, "value", token.value())
                .open(
                        "input",
                        "name",
                        LINE,
                        "value",
                        answer.map(CommandOutput::line).orElse(""),
                        "autofocus",
                        "autofocus",
                        "autocomplete",
                        "off",
                        "maxlength",
                        "2000")
                .element("button", "Run", "type", "submit")
                .close("form");
        answer.ifPresent(each ->
                html.element("pre", each.text(), "id", "smo-answer", "class", each.good() ? "smo-answer" : "smo-bad"));
        response.getWriter().write(html.toString());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!token.matches(request.getParameter(PageView.TOKEN))) {
            response.sendError(
                    HttpServletResponse.SC_FORBIDDEN,
                    "This form is not from a page of this server, or the server was restarted since. Load the page"
                            + " again");
            return;
        }
        String line = FormFields.optional(request, LINE).orElse("");
        CallContext call = CallerReader.from(request);
        LOG.info(
                "command started principal={} command=\"{}\"",
                call.origin().principal(),
                line.replaceAll("\\p{Cntrl}", "?"));
        response.setStatus(SEE_OTHER);
        response.setHeader("Location", PageView.address(rootOf(request), "answer", keep(run(line, call))));
    }

    /** Commands may come from any bundle: any exception becomes their output. */
    private CommandOutput run(String line, CallContext call) {
        try {
            return new CommandOutput(line, true, shell.run(line, call));
        } catch (SmoException refused) {
            return new CommandOutput(line, false, refused.getMessage());
        } catch (Exception failed) {
            LOG.info("command failed command=\"{}\"", line.replaceAll("\\p{Cntrl}", "?"), failed);
            return new CommandOutput(line, false, failed.toString());
        }
    }

    private String keep(CommandOutput answer) {
        String id = UUID.randomUUID().toString();
        synchronized (answers) {
            answers.put(id, answer);
            if (answers.size() > MOST_ANSWERS) {
                answers.remove(answers.keySet().iterator().next());
            }
        }
        return id;
    }

    private Optional<CommandOutput> answer(String id) {
        synchronized (answers) {
            return Optional.ofNullable(answers.get(id));
        }
    }

    private static String rootOf(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(ServletConstants.ATTR_PLUGIN_ROOT));
    }
}
