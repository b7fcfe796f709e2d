// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.login;

import eu.nephele.smo.access.http.ProblemKind;
import eu.nephele.smo.access.oidc.login.BrowserLogin.Redirect;
import eu.nephele.smo.access.oidc.login.BrowserLogin.Return;
import eu.nephele.smo.access.oidc.login.BrowserLogin.Visit;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.SessionCookie;
import eu.nephele.smo.core.contract.problem.ProblemDetails;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /auth/login} sends a browser to an identity provider, {@code /auth/callback} takes it back with a session, {@code /auth/logout}
 * ends that.
 */
public final class BrowserLoginServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(BrowserLoginServlet.class);
    private static final int UNAVAILABLE = 503;
    private static final int SEE_OTHER = 303;
    private static final int LONGEST_PARAMETER = 8_000;
    private static final Set<Integer> WITH_WORDS = Set.of(400, 401, 404, 429);

    private final transient ProviderSessions logins;
    private final transient BrowserLogin browsers;

    public BrowserLoginServlet(ProviderSessions logins) {
        this.logins = logins;
        this.browsers = new BrowserLogin(logins, Clock.systemUTC());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        String path = Optional.ofNullable(request.getPathInfo()).orElse("").replaceAll("/+$", "");
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        try {
            switch (path) {
                case "/login" -> {
                    if (allows(reads, "GET, HEAD", request, response)) {
                        answer(
                                browsers.begin(given(request, "provider"), given(request, "next"), visit(request)),
                                response);
                    }
                }
                case "/callback" -> {
                    if (allows(request.getMethod().equals("GET"), "GET", request, response)) {
                        callback(request, response);
                    }
                }
                case "/logout" -> {
                    if (allows(request.getMethod().equals("POST"), "POST", request, response)) {
                        logout(request, response);
                    }
                }
                default -> problem(request, response, 404, "Nothing is served under this path.");
            }
        } catch (SmoException refused) {
            int status = ProblemKind.from(refused.kind()).status();
            refused.retryAfter()
                    .ifPresent(wait -> response.setHeader("Retry-After", Long.toString(wait.toSeconds() + 1)));
            problem(request, response, WITH_WORDS.contains(status) ? status : UNAVAILABLE, refused.getMessage());
        } catch (AdapterException away) {
            LOG.debug("a login at an identity provider failed", away);
            problem(request, response, UNAVAILABLE, "The identity provider cannot be asked now; try again");
        }
    }

    private static boolean allows(
            boolean allowed, String methods, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!allowed) {
            response.setHeader("Allow", methods);
            problem(request, response, 405, "This path takes %s only.".formatted(methods));
        }
        return allowed;
    }

    private void callback(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Return from = new Return(
                    given(request, "code"), given(request, "state"), given(request, "iss"), given(request, "error"));
            answer(browsers.end(from, visit(request)), response);
        } catch (SmoException | AdapterException failed) {
            BrowserLogin.forgotten().forEach(cookie -> response.addHeader("Set-Cookie", cookie));
            throw failed;
        }
    }

    private void logout(HttpServletRequest request, HttpServletResponse response) {
        logins.close(call(request));
        boolean tls =
                !SessionCookie.values(cookies(request), SessionCookie.SECURE).isEmpty();
        response.addHeader("Set-Cookie", SessionCookie.end(tls));
        response.setStatus(204);
    }

    private static void answer(Redirect next, HttpServletResponse response) {
        next.cookies().forEach(cookie -> response.addHeader("Set-Cookie", cookie));
        response.setHeader("Location", next.address());
        response.setStatus(SEE_OTHER);
    }

    /** @throws SmoException {@code INVALID} when it is there more than once: which one counts would be a guess */
    private static Optional<String> given(HttpServletRequest request, String name) {
        List<String> values =
                List.of(Optional.ofNullable(request.getParameterValues(name)).orElse(new String[0]));
        if (values.size() > 1 || values.stream().anyMatch(value -> value.length() > LONGEST_PARAMETER)) {
            throw SmoException.invalid(
                    "The parameter %s occurs more than once, or is longer than %d characters"
                            .formatted(name, LONGEST_PARAMETER),
                    List.of());
        }
        return values.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    private static Visit visit(HttpServletRequest request) {
        String host = Optional.ofNullable(request.getHeader("Host")).orElse("localhost");
        return new Visit(
                "%s://%s".formatted(request.isSecure() ? "https" : "http", host), cookies(request), call(request));
    }

    private static String cookies(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Cookie")).orElse("");
    }

    private static CallContext call(HttpServletRequest request) {
        if (request.getAttribute(CallContext.PROPERTY) instanceof CallContext call) {
            return call;
        }
        throw SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The caller is unknown, because the gate is missing. See /health/ready and the log",
                Optional.empty());
    }

    private static void problem(HttpServletRequest request, HttpServletResponse response, int status, String detail)
            throws IOException {
        Object id = request.getAttribute(ProblemDetails.CORRELATION_ATTRIBUTE);
        byte[] body = new ProblemDetails(status, detail)
                .bytes(request.getRequestURI(), id instanceof String text ? text : "");
        response.setStatus(status);
        response.setContentType(ProblemDetails.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
