// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code /health/live}: the process answers, and needs no restart. {@code /health/ready}: it can do its work; else 503
 * with the reasons. {@code /health}: both together. {@code /health/owner}: it owns its database and accepts changes.
 */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/*",
            "osgi.http.whiteboard.servlet.name=smo-health",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=smo-health)"
        })
public final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String ALL = "";
    private static final String LIVE = "/live";
    private static final String READY = "/ready";
    private static final String OWNER = "/owner";
    private static final Set<String> PATHS = Set.of(ALL, LIVE, READY, OWNER);

    private final transient Readiness readiness;

    @Activate
    public HealthServlet(@Reference Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo().replaceAll("/+$", "");
        if (!PATHS.contains(path)) {
            ServletResponses.notFound(request, response);
        } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            ServletResponses.methodNotAllowed(request, response);
        } else {
            request.setAttribute(RequestTimer.ROUTE, "/health" + path);
            answer(response, checks(path), readiness.role());
        }
    }

    private List<Readiness.ReadinessCheck> checks(String path) {
        return switch (path) {
            case LIVE -> readiness.vital();
            case READY -> readiness.checks();
            case OWNER -> List.of(readiness.owner());
            default ->
                Stream.concat(readiness.vital().stream(), readiness.checks().stream())
                        .toList();
        };
    }

    private static void answer(
            HttpServletResponse response, List<Readiness.ReadinessCheck> checks, Optional<String> role)
            throws IOException {
        boolean up = checks.stream().allMatch(Readiness.ReadinessCheck::ok);
        if (!up) {
            response.setHeader("Retry-After", "1");
        }
        JsonObject all = JsonObject.EMPTY;
        for (Readiness.ReadinessCheck check : checks) {
            all = all.with(
                    check.name(),
                    JsonObject.EMPTY
                            .with("ok", new JsonBoolean(check.ok()))
                            .with("message", new JsonString(check.message())));
        }
        JsonObject body = JsonObject.EMPTY.with("status", new JsonString(up ? "UP" : "DOWN"));
        if (role.isPresent()) {
            body = body.with("role", new JsonString(role.get()));
        }
        ServletResponses.write(
                response,
                up ? 200 : 503,
                "application/json",
                body.with("checks", all).toJson());
    }
}
