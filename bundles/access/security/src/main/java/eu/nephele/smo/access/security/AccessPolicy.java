// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.api.port.Authenticator;
import eu.nephele.smo.api.port.Authenticator.Presented;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessGate.Allowed;
import eu.nephele.smo.core.contract.access.AccessGate.Denied;
import eu.nephele.smo.core.contract.access.AccessGate.GateDecision;
import eu.nephele.smo.core.contract.access.AccessGate.GatedRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Access rules, checked in order: host and origin names, then open paths, then the caller. What a caller may do with
 * resources is decided at the doors of the core; the gate decides where there is no door.
 */
final class AccessPolicy {

    /** Name of a caller without credentials. */
    static final String ANONYMOUS = "anonymous";

    private static final Principal NOBODY = new Principal(ANONYMOUS, Set.of());

    private static final String AUTHORIZATION = "authorization";

    /** Takes credentials in its body. */
    private static final String LOGIN = "/api/v1/sessions";

    /** Logins by identity providers; who has begun one is known at its end. */
    private static final String PROVIDERS = "/api/v1/session-providers";

    /** The same in a browser, which gets there by itself, or is sent there by the provider. */
    private static final Set<String> BROWSER_LOGIN = Set.of("/auth/login", "/auth/callback");

    /** Files of the web page. They contain no data, and without them nobody could log in. */
    private static final String PAGE = "/dashboard";

    /** Tells what others did: only to callers who are known, also where others need not be. */
    private static final String AUDIT = "/api/v1/audit";

    /** Paths about the whole server without a door, with everything below them. */
    private static final Map<String, Verb> OF_SERVER = Map.of("/metrics", Verb.READ, "/lab", Verb.OPERATE);

    /** A proxy calls from this machine for somebody who is elsewhere. */
    private static final List<String> FORWARDING =
            List.of("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via");

    private static final Set<String> ALWAYS_OPEN = Set.of("/health", "/health/live", "/health/ready");
    private static final String BASIC = "Basic realm=\"smo\", charset=\"UTF-8\"";
    private static final Map<String, String> CHALLENGE = Map.of("WWW-Authenticate", "Bearer realm=\"smo\", " + BASIC);

    /** The web console. Some browsers prompt for a password only if Basic is the only challenge. */
    private static final String CONSOLE = "/system/console";

    private final HostNames names;
    private final GuardedPaths guarded;
    private final boolean requireToken;
    private final Principal anybody;
    private final String whereTheTokenIs;
    private final Supplier<List<Authenticator>> authenticators;
    private final Optional<AlertsSecret> alertsSecret;
    private final ServerRights rights;

    /** Says what a caller may do with the server as a whole, where no door asks. */
    interface ServerRights {
        boolean allow(Principal who, Verb verb, String kind);
    }

    /** Who is known how. */
    record Identification(
            boolean required,
            String anonymousRole,
            String whereTheTokenIs,
            Supplier<List<Authenticator>> authenticators) {}

    /**
     * @param identification whether every path needs credentials, the role of a caller without, and who knows callers, in
     *     the order in which they are asked
     * @param alertsSecret empty when alerts are treated like any other call
     */
    AccessPolicy(
            HostNames names,
            GuardedPaths guarded,
            Identification identification,
            Optional<AlertsSecret> alertsSecret,
            ServerRights rights) {
        this.names = names;
        this.guarded = guarded;
        this.requireToken = identification.required() || !names.loopbackOnly();
        this.anybody = new Principal(ANONYMOUS, Set.of(identification.anonymousRole()));
        this.whereTheTokenIs = identification.whereTheTokenIs();
        this.authenticators = identification.authenticators();
        this.alertsSecret = alertsSecret;
        this.rights = rights;
    }

    /** Returns whether callers on this machine need no credentials unless a path is guarded. */
    boolean isOpen() {
        return !requireToken;
    }

    List<String> guardedChanges() {
        return guarded.forChanges();
    }

    GateDecision check(GatedRequest call) {
        String path = GuardedPaths.withoutSlashAtEnd(call.path());
        if (ALWAYS_OPEN.contains(path)) {
            return new Allowed(NOBODY);
        }
        Optional<Denied> foreign = foreign(call);
        if (foreign.isPresent()) {
            return foreign.get();
        }
        if (isLogin(path, call.method()) || isPage(path, call.method())) {
            return new Allowed(NOBODY);
        }
        Optional<Denied> forged = SessionRequest.forged(call);
        if (forged.isPresent()) {
            return forged.get();
        }
        try {
            return judged(path, call);
        } catch (SmoException refused) {
            return refused.kind() == SmoException.Kind.UNAUTHENTICATED
                    ? unauthorized(path, refused.getMessage())
                    : refusal(refused);
        }
    }

    private static boolean isLogin(String path, String method) {
        return (path.equals(LOGIN) && method.equals("POST"))
                || BROWSER_LOGIN.contains(path)
                || isBelow(path, PROVIDERS);
    }

    private static boolean isPage(String path, String method) {
        return isBelow(path, PAGE) && (method.equals("GET") || method.equals("HEAD"));
    }

    private static Denied refusal(SmoException refused) {
        long seconds = refused.retryAfter().map(Duration::toSeconds).orElse(2L);
        return new Denied(
                refused.kind() == SmoException.Kind.THROTTLED ? 429 : 503,
                refused.getMessage(),
                Map.of("Retry-After", Long.toString(Math.max(1, seconds))));
    }

    private GateDecision judged(String path, GatedRequest call) {
        return alertsSecret
                .filter(secret -> path.equals(AlertsSecret.PATH))
                .map(secret -> alerts(secret, call))
                .orElseGet(() -> known(path, call));
    }

    private GateDecision alerts(AlertsSecret secret, GatedRequest call) {
        Optional<String> authorization = call.header(AUTHORIZATION);
        return secret.check(authorization)
                .or(() -> principal(call).map(who -> administrator(who, AlertsSecret.PATH)))
                .orElseGet(() -> new Denied(
                        401,
                        ("Alerts need the secret that is configured as alertsSecret of the PID %s: send it as"
                                        + " 'Authorization: Bearer SECRET', or as password of any user")
                                .formatted(GateFilter.PID),
                        CHALLENGE));
    }

    private GateDecision known(String path, GatedRequest call) {
        boolean forAdministrators = guarded.isForAdministrators(path);
        if (SessionRequest.authorization(call).isEmpty() && call.certificates().isEmpty()) {
            return forAdministrators
                            || requireToken
                            || isFromElsewhere(call)
                            || isBelow(path, AUDIT)
                            || guarded.guardsChange(call.method(), path)
                    ? unauthorized(path, path + " needs credentials")
                    : ofServer(anybody, path);
        }
        // A wrong credential is refused even where none is needed: a caller that sends one expects to be authenticated.
        return principal(call)
                .map(who -> forAdministrators ? administrator(who, path) : ofServer(who, path))
                .orElseGet(() -> SessionRequest.ended(
                        call, unauthorized(path, "The credentials of this call are not valid here")));
    }

    private static boolean isFromElsewhere(GatedRequest call) {
        return FORWARDING.stream().anyMatch(name -> call.header(name).isPresent())
                || call.header("host")
                        .filter(name -> !HostNames.isOfThisMachine(name))
                        .isPresent();
    }

    private GateDecision ofServer(Principal who, String path) {
        return OF_SERVER.entrySet().stream()
                .filter(rule -> isBelow(path, rule.getKey()))
                .filter(rule -> !rights.allow(who, rule.getValue(), "server"))
                .findFirst()
                .<GateDecision>map(rule -> new Denied(
                        403,
                        "%s needs the right to %s the server, which %s does not have"
                                .formatted(path, rule.getValue().name().toLowerCase(Locale.ROOT), who.name()),
                        Map.of()))
                .orElseGet(() -> new Allowed(who));
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

    private Optional<Principal> principal(GatedRequest call) {
        Presented presented =
                new Presented(SessionRequest.authorization(call), call.certificates(), call.remoteAddress());
        Optional<SmoException> refused = Optional.empty();
        for (Authenticator each : authenticators.get()) {
            try {
                Optional<Principal> known = each.authenticate(presented);
                if (known.isPresent()) {
                    return known;
                }
            } catch (SmoException refusal) {
                if (refusal.kind() != SmoException.Kind.UNAUTHENTICATED) {
                    throw refusal;
                }
                // another one may know it
                refused = refused.or(() -> Optional.of(refusal));
            }
        }
        if (refused.isPresent()) {
            throw refused.get();
        }
        return Optional.empty();
    }

    /** Nobody else may do everything with configurations, and a narrowed grant is not about all of them. */
    boolean administers(Principal who) {
        return Arrays.stream(Verb.values()).allMatch(verb -> rights.allow(who, verb, "configuration"));
    }

    private GateDecision administrator(Principal who, String path) {
        return administers(who)
                ? new Allowed(who)
                : new Denied(
                        403,
                        "%s is for the role %s for all projects, which %s does not have"
                                .formatted(path, AdminToken.ROLE, who.name()),
                        Map.of());
    }

    private Denied unauthorized(String path, String what) {
        return new Denied(
                401,
                ("%s. Send 'Authorization: Bearer TOKEN' with the token of a session (POST %s) or of an API key, or user and"
                                + " password. The administrator's token is in %s; it is also the password of the user %s")
                        .formatted(what, LOGIN, whereTheTokenIs, AdminToken.USER),
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
