// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.login;

import eu.nephele.smo.access.oidc.login.ProviderLogins.BrowserCode;
import eu.nephele.smo.access.oidc.login.ProviderLogins.BrowserRequest;
import eu.nephele.smo.access.oidc.login.ProviderLogins.DeviceLogin;
import eu.nephele.smo.access.oidc.login.ProviderLogins.DeviceState;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.CallContext.Remote;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.identity.SessionService;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Exchanges logins at providers for sessions of this server. Everybody may try; refusals are in the audit, as those of passwords.
 */
public final class ProviderSessions {

    static final int MOST_AT_ONCE = 8;
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Supplier<List<LoginProvider>> providers;
    private final SessionService sessions;
    private final AccessControl access;
    private final InstantSource clock;
    private final AttemptLimit limit;
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    /** @param access whose audit takes note, and that says whether this server may change something */
    public ProviderSessions(
            Supplier<List<LoginProvider>> providers,
            SessionService sessions,
            AccessControl access,
            InstantSource clock) {
        this.providers = providers;
        this.sessions = sessions;
        this.access = access;
        this.clock = clock;
        this.limit = new AttemptLimit(clock);
    }

    /**
     * What became of a login that is confirmed elsewhere.
     *
     * @param session with its token; empty: not confirmed yet
     * @param slower whether to ask less often from now on
     */
    public record DeviceOutcome(Optional<JsonObject> session, boolean slower) {}

    /** Names of the providers by which one logs in. */
    public List<String> names() {
        return providers.get().stream()
                .filter(provider -> provider.logins().isPresent())
                .map(LoginProvider::name)
                .distinct()
                .sorted()
                .toList();
    }

    /** @throws SmoException {@code NOT_FOUND} when there is none of this name */
    public ProviderLogins provider(String name) {
        return providers.get().stream()
                .filter(provider -> provider.name().equals(name))
                .flatMap(provider -> provider.logins().stream())
                .findFirst()
                .orElseThrow(
                        () -> SmoException.notFound(
                                "There is no identity provider of this name to log in by; GET /api/v1/session-providers lists them"));
    }

    public URI begin(String provider, BrowserRequest request, CallContext call) {
        admit(call);
        return asked(provider, logins -> logins.address(request));
    }

    public DeviceLogin beginDevice(String provider, CallContext call) {
        admit(call);
        return asked(provider, ProviderLogins::beginDevice);
    }

    public JsonObject open(String provider, BrowserCode code, Optional<Duration> lasting, CallContext call) {
        admit(call);
        Principal who = known(provider, call, () -> asked(provider, logins -> logins.principal(code)));
        return sessions.open(who, lasting, call);
    }

    public DeviceOutcome open(String provider, String deviceCode, Optional<Duration> lasting, CallContext call) {
        admit(call);
        DeviceState state = known(provider, call, () -> asked(provider, logins -> logins.device(deviceCode)));
        return new DeviceOutcome(state.who().map(who -> sessions.open(who, lasting, call)), state.slower());
    }

    /** The provider sends somebody back without a code. */
    public SmoException refused(String provider, String error, CallContext call) {
        return noted(provider, call, provider(provider).refused(error));
    }

    /** Ends the session by which the caller is known; whether it was one. */
    public boolean close(CallContext call) {
        return sessions.close("", call);
    }

    /** A server that cannot open a session does not use up the code of a login. */
    private void admit(CallContext call) {
        limit.take(call.remote().map(Remote::address).orElse(""));
        access.requireTenure();
    }

    /**
     * A login needs no credentials, and its thread waits for the provider: a slow one holds up a few of the threads that answer
     * requests, whoever begins how many logins.
     */
    private <T> T asked(String name, Function<ProviderLogins, T> question) {
        ProviderLogins logins = provider(name);
        Semaphore free = places.computeIfAbsent(name, any -> new Semaphore(MOST_AT_ONCE));
        if (!free.tryAcquire()) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "%d logins wait for the identity provider %s already".formatted(MOST_AT_ONCE, name),
                    Optional.of(SOON));
        }
        try {
            return question.apply(logins);
        } finally {
            free.release();
        }
    }

    private <T> T known(String provider, CallContext call, Supplier<T> question) {
        try {
            return question.get();
        } catch (SmoException refused) {
            throw noted(provider, call, refused);
        }
    }

    private SmoException noted(String provider, CallContext call, SmoException refused) {
        if (refused.kind() == SmoException.Kind.UNAUTHENTICATED) {
            access.audit()
                    .note(new AuditRecord(
                            clock.instant(),
                            call.origin().principal(),
                            call.remote().map(Remote::address).orElse(""),
                            "user.login",
                            "session-provider/" + provider,
                            "unauthenticated",
                            call.origin().correlationId()));
        }
        return refused;
    }
}
