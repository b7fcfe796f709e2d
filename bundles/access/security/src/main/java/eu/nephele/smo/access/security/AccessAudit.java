// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.access.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Tells the audit who gets in and who does not. Each request has its credentials with it, so a login is the first one of somebody from
 * an address, or the first one after a quarter of an hour.
 */
final class AccessAudit {

    private static final long AGAIN = Duration.ofMinutes(15).toNanos();
    private static final int MOST_CALLERS = 10_000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,62}");
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Supplier<Optional<AuditTrail>> audit;
    private final LongSupplier nanos;
    private final Map<KnownCaller, Long> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<KnownCaller, Long> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    private record KnownCaller(String principal, String address) {}

    /** @param nanos as {@link System#nanoTime} */
    AccessAudit(Supplier<Optional<AuditTrail>> audit, LongSupplier nanos) {
        this.audit = audit;
        this.nanos = nanos;
    }

    /** Somebody is let in; without credentials nobody has logged in. */
    void admitted(String principal, HttpServletRequest call, String correlationId) {
        if (!principal.equals(AccessPolicy.ANONYMOUS) && isNew(new KnownCaller(principal, call.getRemoteAddr()))) {
            note(principal, call, "access.login", "accepted", correlationId);
        }
    }

    private synchronized boolean isNew(KnownCaller caller) {
        long now = nanos.getAsLong();
        Long last = seen.get(caller);
        if (last != null && now - last <= AGAIN) {
            return false;
        }
        seen.remove(caller);
        seen.put(caller, now);
        return true;
    }

    /** Somebody asks for too much. */
    void throttled(String principal, HttpServletRequest call, String correlationId) {
        note(principal, call, "access.refuse", "throttled", correlationId);
    }

    /** Somebody is turned away; who they are is not known. */
    void refused(int status, HttpServletRequest call, String correlationId) {
        boolean login = status == UNAUTHENTICATED && call.getHeader("Authorization") != null;
        String outcome =
                switch (status) {
                    case UNAUTHENTICATED -> "unauthenticated";
                    case FORBIDDEN -> "forbidden";
                    case TOO_MANY_REQUESTS -> "throttled";
                    default -> "invalid";
                };
        AuditRecord entry =
                entry(AccessPolicy.ANONYMOUS, call, login ? "access.login" : "access.refuse", outcome, correlationId);
        audit.get()
                .ifPresent(trail -> trail.note(triedName(call)
                        .map(name -> entry.withDetail("as user " + name))
                        .orElse(entry)));
    }

    /** Who tries one password with many names is seen by the names. What looks like no name may be a password at the wrong place. */
    private static Optional<String> triedName(HttpServletRequest call) {
        return Optional.ofNullable(call.getHeader("Authorization"))
                .flatMap(PresentedCredentials::parse)
                .flatMap(PresentedCredentials::user)
                .filter(name -> NAME.matcher(name).matches());
    }

    private void note(String principal, HttpServletRequest call, String action, String outcome, String correlationId) {
        audit.get().ifPresent(trail -> trail.note(entry(principal, call, action, outcome, correlationId)));
    }

    private static AuditRecord entry(
            String principal, HttpServletRequest call, String action, String outcome, String correlationId) {
        return new AuditRecord(
                Instant.now(),
                principal,
                String.valueOf(call.getRemoteAddr()),
                action,
                "path" + call.getRequestURI(),
                outcome,
                correlationId);
    }
}
