// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.api.port.Authenticator;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.core.contract.access.AccessGate.Allowed;
import eu.nephele.smo.core.contract.access.AccessGate.Denied;
import eu.nephele.smo.core.contract.access.AccessGate.GateDecision;
import eu.nephele.smo.core.contract.access.AccessGate.GatedRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Access rules, checked in order: host and origin names, then open paths, then the caller. */
final class AccessPolicy {

    private static final Principal ANYBODY = new Principal("anonymous", Set.of());
    private static final Set<String> ALWAYS_OPEN = Set.of("/health", "/health/live", "/health/ready");
    private static final String BASIC = "Basic realm=\"smo\", charset=\"UTF-8\"";
    private static final Map<String, String> CHALLENGE = Map.of("WWW-Authenticate", "Bearer realm=\"smo\", " + BASIC);

    /** The web console. Some browsers prompt for a password only if Basic is the only challenge. */
    private static final String CONSOLE = "/system/console";

    private final HostNames names;
    private final GuardedPaths guarded;
    private final boolean requireToken;
    private final String whereTheTokenIs;
    private final Supplier<List<Authenticator>> authenticators;
    private final Optional<AlertsSecret> alertsSecret;

    /**
     * @param requireToken whether every path needs one
     * @param authenticators in the order in which they are tried
     * @param alertsSecret empty when alerts are treated like any other call
     */
    AccessPolicy(
            HostNames names,
            GuardedPaths guarded,
            boolean requireToken,
            String whereTheTokenIs,
            Supplier<List<Authenticator>> authenticators,
            Optional<AlertsSecret> alertsSecret) {
        this.names = names;
        this.guarded = guarded;
        this.requireToken = requireToken || !names.loopbackOnly();
        this.whereTheTokenIs = whereTheTokenIs;
        this.authenticators = authenticators;
        this.alertsSecret = alertsSecret;
    }

    GateDecision check(GatedRequest call) {
        String path = GuardedPaths.withoutSlashAtEnd(call.path());
        if (ALWAYS_OPEN.contains(path)) {
            return new Allowed(ANYBODY);
        }
        Optional<Denied> foreign = foreign(call);
        if (foreign.isPresent()) {
            return foreign.get();
        }
        return alertsSecret
                .filter(secret -> path.equals(AlertsSecret.PATH))
                .map(secret -> alerts(secret, call))
                .orElseGet(() -> known(path, call));
    }

    private GateDecision alerts(AlertsSecret secret, GatedRequest call) {
        Optional<String> authorization = call.header("authorization");
        return secret.check(authorization)
                .or(() -> authorization.flatMap(this::principal).map(who -> administrator(who, AlertsSecret.PATH)))
                .orElseGet(() -> new Denied(
                        401,
                        ("Alerts need the secret that is configured as alertsSecret of the PID %s: send it as"
                                        + " 'Authorization: Bearer SECRET', or as password of any user")
                                .formatted(GateFilter.PID),
                        CHALLENGE));
    }

    private GateDecision known(String path, GatedRequest call) {
        boolean guardedPath = guarded.guards(call.method(), path);
        Optional<String> authorization = call.header("authorization");
        if (authorization.isEmpty()) {
            return guardedPath || requireToken
                    ? unauthorized(path, path + " needs the administrator's token")
                    : allowAnybody();
        }
        return authorization
                .flatMap(this::principal)
                .map(who -> guardedPath ? administrator(who, path) : new Allowed(who))
                // A wrong credential is refused even where none is needed: a caller that sends one expects to be
                // authenticated.
                .orElseGet(() -> unauthorized(path, "The credentials in the Authorization header are not valid here"));
    }

    private Optional<Denied> foreign(GatedRequest call) {
        Optional<String> host = call.header("host").filter(name -> !names.allowsHost(name));
        if (host.isPresent()) {
            return Optional.of(forbidden("Host", host.get()));
        }
        return call.header("origin")
                .filter(name -> !names.allowsOrigin(name, call.header("host").orElse("")))
                .map(name -> forbidden("Origin", name));
    }

    private Optional<Principal> principal(String authorization) {
        return authenticators.get().stream()
                .flatMap(each -> each.authenticate(authorization).stream())
                .findFirst();
    }

    private static GateDecision administrator(Principal who, String path) {
        return who.roles().contains(AdminToken.ROLE)
                ? new Allowed(who)
                : new Denied(
                        403,
                        "%s is for the role %s, which %s does not have".formatted(path, AdminToken.ROLE, who.name()),
                        Map.of());
    }

    private static GateDecision allowAnybody() {
        return new Allowed(ANYBODY);
    }

    private GateDecision unauthorized(String path, String what) {
        return new Denied(
                401,
                "%s. The token is in %s; send it as 'Authorization: Bearer TOKEN', or as password of the user %s"
                        .formatted(what, whereTheTokenIs, AdminToken.USER),
                isBelow(path, CONSOLE) ? Map.of("WWW-Authenticate", BASIC) : CHALLENGE);
    }

    private static Denied forbidden(String header, String value) {
        return new Denied(
                403,
                "The %s '%s' is not one of this server's names. They are configured as hostNames of the PID %s"
                        .formatted(header, printable(value), GateFilter.PID),
                Map.of());
    }

    private static String printable(String value) {
        String clean = value.replaceAll("[^\\x21-\\x7e]", "?");
        return clean.length() <= 100 ? clean : clean.substring(0, 100) + "…";
    }

    private static boolean isBelow(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
