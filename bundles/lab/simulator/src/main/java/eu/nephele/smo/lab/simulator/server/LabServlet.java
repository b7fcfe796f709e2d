// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.simulator.ScenarioException;
import eu.nephele.smo.lab.simulator.WorldControl;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Control over the federation by another process: load, failures, new clusters, and a snapshot of the world. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/*",
            "osgi.http.whiteboard.servlet.name=" + LabContext.NAME,
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=" + LabContext.NAME + ")"
        })
public final class LabServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Request id that the gate sets: ties an answer to the log. */
    private static final String CORRELATION_ID = "smo.correlationId";

    private static final int BODY_LIMIT_BYTES = 64 * 1024;
    private static final int CONFLICT = HttpServletResponse.SC_CONFLICT;
    private static final int BAD_REQUEST = HttpServletResponse.SC_BAD_REQUEST;
    private static final int NOT_FOUND = HttpServletResponse.SC_NOT_FOUND;

    private final transient WorldControl worldControl;
    private final transient LabCommands commands;
    private final transient ObjectMapper json = new ObjectMapper();

    /** @param gate filters requests by itself; required here so that nothing is served without it */
    @Activate
    public LabServlet(
            @Reference WorldControl worldControl,
            @Reference(target = "(osgi.http.whiteboard.filter.name=smo-gate)") Filter gate) {
        this(worldControl);
    }

    LabServlet(WorldControl worldControl) {
        this.worldControl = worldControl;
        this.commands = new LabCommands(worldControl);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
        try {
            if (!request.getMethod().equals("GET")) {
                commands.run(commands.read(request.getMethod(), path, body(request)));
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            } else if (path.equals("/world")) {
                write(
                        response,
                        HttpServletResponse.SC_OK,
                        "application/json",
                        WorldJson.toJson(worldControl.snapshot()));
            } else {
                problem(
                        request,
                        response,
                        NOT_FOUND,
                        "lab-unknown-path",
                        "Unknown command GET %s; known is GET world".formatted(path));
            }
        } catch (ScenarioException e) {
            problem(request, response, BAD_REQUEST, "lab-bad-request", String.valueOf(e.getMessage()));
        } catch (JsonProcessingException e) {
            problem(
                    request,
                    response,
                    BAD_REQUEST,
                    "lab-bad-request",
                    "The body is not JSON: " + e.getOriginalMessage());
        } catch (NoSuchElementException e) {
            problem(request, response, NOT_FOUND, "lab-not-found", String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            problem(request, response, CONFLICT, "lab-conflict", String.valueOf(e.getMessage()));
        }
    }

    private JsonNode body(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(BODY_LIMIT_BYTES + 1);
        if (bytes.length > BODY_LIMIT_BYTES) {
            throw new ScenarioException("The body is larger than %d bytes".formatted(BODY_LIMIT_BYTES));
        }
        return bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : json.readTree(bytes);
    }

    private void problem(
            HttpServletRequest request, HttpServletResponse response, int status, String type, String detail)
            throws IOException {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("type", "urn:smo:problem:" + type);
        problem.put("title", type.replace("lab-", "").replace('-', ' '));
        problem.put("status", status);
        problem.put("detail", detail);
        problem.put("source", "simulator");
        if (request.getAttribute(CORRELATION_ID) instanceof String correlationId) {
            problem.put("correlationId", correlationId);
        }
        write(response, status, "application/problem+json", problem);
    }

    private void write(HttpServletResponse response, int status, String type, JsonNode body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(json.writeValueAsBytes(body));
    }
}
