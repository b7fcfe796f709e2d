// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.core.contract.access.AccessGate;
import eu.nephele.smo.core.contract.access.AccessGate.Allowed;
import eu.nephele.smo.core.contract.access.AccessGate.Denied;
import eu.nephele.smo.core.contract.access.AccessGate.GateDecision;
import eu.nephele.smo.core.contract.access.AccessGate.GatedRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Admits only administrators to the console: the gate's rules for all paths apply here as well, and the token is
 * required even if the configuration has removed the console from the guarded paths.
 */
@Component(service = ConsoleGuard.class)
public final class ConsoleGuard {

    static final String ROOT = "/system/console";

    private final AccessGate accessGate;

    @Activate
    public ConsoleGuard(@Reference AccessGate accessGate) {
        this.accessGate = accessGate;
    }

    /** Returns the caller; empty if the answer has been written already because the caller is not allowed. */
    Optional<Principal> admit(HttpServletRequest request, HttpServletResponse response) {
        protect(response);
        GateDecision gateDecision = accessGate.check(callOf(request));
        if (gateDecision instanceof Allowed allowed) {
            if (accessGate.administers(allowed.principal())) {
                return Optional.of(allowed.principal());
            }
            boolean nobody = request.getHeader("Authorization") == null;
            refuse(
                    request,
                    response,
                    nobody ? 401 : 403,
                    "The console is for administrators: a user with the role admin for all projects, or the user admin with the"
                            + " token as password");
        } else if (gateDecision instanceof Denied denied) {
            refuse(request, response, denied.status(), denied.detail());
        }
        return Optional.empty();
    }

    /** Makes the browser forget the credentials. */
    void dismiss(HttpServletRequest request, HttpServletResponse response) {
        refuse(request, response, 401, "Logged out");
    }

    /** Forbids other sites to show the console in a frame, and caches to store it. */
    private static void protect(HttpServletResponse response) {
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Content-Security-Policy", "frame-ancestors 'none'; form-action 'self'; base-uri 'self'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, String detail) {
        if (status == 401) {
            // Only Basic: browsers do not ask for a password when the first of several schemes is one that they do not
            // know.
            response.setHeader("WWW-Authenticate", "Basic realm=\"SMO console\", charset=\"UTF-8\"");
        }
        try {
            new ConsoleProblem(status, detail).answer(request, response);
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException("The refusal could not be sent: the client has disconnected", gone);
        }
    }

    private static GatedRequest callOf(HttpServletRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
        return new GatedRequest(request.getMethod(), ROOT, headers, request.getRemoteAddr());
    }
}
