// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.CallContext.Remote;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.SmoException.Kind;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.AuditTrail.AuditedChange;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.identity.Grant;
import eu.nephele.smo.core.contract.identity.SessionService;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.StoredIdentity.IdentityKey;
import eu.nephele.smo.core.identity.IdentityRegistry.IdentityChange;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Logins and what callers see of themselves. Everybody may do that for themselves, so no permission is asked. */
@Component(service = SessionService.class)
public final class OwnSessions implements SessionService {

    private static final String SESSION = "session/";
    private static final String LOGIN = "login";
    private static final String CHANGE = "change-password";
    private static final String WRONG = "User and password do not fit";

    private final IdentityRegistry registry;
    private final IdentityAdministration administration;
    private final PasswordCheck passwords;
    private final IdentitySettings settings;
    private final AccessControl access;
    private final SecureRandom random = new SecureRandom();

    @Activate
    public OwnSessions(
            BundleContext context, @Reference IdentityRegistry registry, @Reference PasswordService passwords) {
        this(
                registry,
                new IdentityAdministration(registry, passwords.hasher(), passwords.settings()),
                passwords.check(),
                passwords.settings(),
                new InstalledAccess(context));
    }

    OwnSessions(
            IdentityRegistry registry,
            IdentityAdministration administration,
            PasswordCheck passwords,
            IdentitySettings settings,
            AccessControl access) {
        this.registry = registry;
        this.administration = administration;
        this.passwords = passwords;
        this.settings = settings;
        this.access = access;
    }

    @Deactivate
    void end() {
        access.close();
    }

    @Override
    public JsonObject whoAmI(CallContext call) {
        Remote remote = call.remote().orElse(new Remote("", Map.of(), Set.of(), ""));
        Instant now = registry.clock().instant();
        List<Grant> grants = GrantedPermissions.grants(
                        registry.now(), call.origin().principal(), remote)
                .filter(grant -> grant.counts(now))
                .toList();
        return new JsonFieldWriter()
                .put("principal", call.origin().principal())
                .put("address", remote.address())
                .put("credential", kindOf(remote.credential()))
                .texts("groups", new TreeSet<>(remote.groups()))
                .texts("roles", new TreeSet<>(remote.roles().getOrDefault("", Set.of())))
                .put("grants", JsonFieldWriter.array(grants, IdentityJson::json))
                .object();
    }

    private static Optional<String> kindOf(String credential) {
        int slash = credential.indexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(credential.substring(0, slash));
    }

    @Override
    public List<JsonObject> roles() {
        return RoleTable.rows();
    }

    @Override
    public JsonObject open(String name, String password, Optional<Duration> lasting, CallContext call) {
        access.requireTenure();
        String address = call.remote().map(Remote::address).orElse("");
        Optional<User> user =
                Principals.fault(name).isEmpty() ? registry.required().user(name) : Optional.empty();
        admitted(call, name, LOGIN, () -> {
            require(passwords.fits(user, name, password, address), WRONG);
            requireLasting(lasting.orElse(settings.lasting()));
        });
        return audited(call, name, LOGIN, () -> open(user.orElseThrow(), lasting.orElse(settings.lasting()), address));
    }

    @Override
    public JsonObject open(Principal known, Optional<Duration> lasting, CallContext call) {
        access.requireTenure();
        if (!Principals.isKnownElsewhere(known.name())) {
            throw new IllegalArgumentException(
                    "%s is not the name of somebody known elsewhere".formatted(known.name()));
        }
        Duration wished = lasting.orElse(settings.lasting());
        admitted(call, known.name(), LOGIN, () -> requireLasting(wished));
        String address = call.remote().map(Remote::address).orElse("");
        return audited(
                call, known.name(), LOGIN, () -> open(known.name(), known.groups(), wished, address, anyState -> {}));
    }

    private static void require(boolean fits, String otherwise) {
        if (!fits) {
            throw SmoException.of(Kind.UNAUTHENTICATED, "smo", otherwise, Optional.empty());
        }
    }

    private void requireLasting(Duration lasting) {
        if (lasting.isNegative() || lasting.isZero() || lasting.compareTo(settings.longest()) > 0) {
            throw IdentityAdministration.invalid(
                    "/hours", "expected 1 to %d".formatted(settings.longest().toHours()));
        }
    }

    /** While the password was checked the user may have been given another one, or have been disabled or removed. */
    private static void requireUnchanged(IdentityDirectory directory, User user) {
        boolean same = directory
                .user(user.name())
                .filter(User::enabled)
                .filter(present -> present.passwordVersion() == user.passwordVersion())
                .isPresent();
        require(same, WRONG);
    }

    private JsonObject open(User user, Duration lasting, String address) {
        return open(user.name(), Set.of(), lasting, address, directory -> requireUnchanged(directory, user));
    }

    /** @param admission refuses by an exception */
    private JsonObject open(
            String principal,
            Set<String> groups,
            Duration lasting,
            String address,
            Consumer<IdentityDirectory> admission) {
        TokenText token = TokenText.random(IdentityKind.SESSION, TokenText.randomId(random), random);
        Instant now = registry.clock().instant();
        Session session = new Session(token.id(), principal, groups, token.hash(), address, now, now.plus(lasting));
        return registry.change(directory -> {
            admission.accept(directory);
            Map<IdentityKey, Optional<String>> contents = new HashMap<>();
            List<Session> open = directory.sessions().stream()
                    .filter(other -> other.principal().equals(principal))
                    .sorted(Comparator.comparing(Session::createdAt))
                    .toList();
            open.subList(0, Math.max(0, open.size() + 1 - settings.sessionsPerUser()))
                    .forEach(oldest -> contents.put(IdentityKind.SESSION.key(oldest.id()), Optional.empty()));
            contents.put(IdentityKind.SESSION.key(session.id()), Optional.of(IdentityJson.text(session)));
            return new IdentityChange<>(
                    contents, new IdentityViews(Map.of()).json(session).with("token", new JsonString(token.text())));
        });
    }

    @Override
    public List<JsonObject> own(CallContext call) {
        IdentityViews views = new IdentityViews(registry.uses());
        return registry.required().sessions().stream()
                .filter(session -> session.principal().equals(call.origin().principal()))
                .sorted(Comparator.comparing(Session::createdAt))
                .map(views::json)
                .toList();
    }

    @Override
    public boolean close(String wished, CallContext call) {
        access.requireTenure();
        String credential = call.remote().map(Remote::credential).orElse("");
        String id =
                wished.isEmpty() && credential.startsWith(SESSION) ? credential.substring(SESSION.length()) : wished;
        boolean own = registry.required()
                .session(id)
                .filter(session -> session.principal().equals(call.origin().principal()))
                .isPresent();
        if (own) {
            audited(call, call.origin().principal(), "logout", () -> administration.removeSession(id));
        }
        return own;
    }

    @Override
    public void changePassword(String present, String next, CallContext call) {
        access.requireTenure();
        String name = call.origin().principal();
        User user = registry.required()
                .user(name)
                .filter(known -> known.passwordHash().isPresent())
                .orElseThrow(
                        () -> SmoException.conflict("%s is no user with a password of this server".formatted(name)));
        String address = call.remote().map(Remote::address).orElse("");
        String own = call.remote().map(Remote::credential).orElse("");
        admitted(
                call,
                name,
                CHANGE,
                () -> require(
                        passwords.fits(Optional.of(user), name, present, address),
                        "The present password is not right"));
        String hash = administration.hashed(next);
        audited(call, name, CHANGE, () -> registry.change(directory -> change(directory, user, hash, own)));
    }

    /** The session that asks goes on. */
    private static IdentityChange<String> change(IdentityDirectory directory, User user, String hash, String own) {
        requireUnchanged(directory, user);
        Map<IdentityKey, Optional<String>> contents =
                new HashMap<>(IdentityAdministration.sessionsOf(directory, user.name()));
        if (own.startsWith(SESSION)) {
            contents.remove(IdentityKind.SESSION.key(own.substring(SESSION.length())));
        }
        contents.put(IdentityKind.USER.key(user.name()), Optional.of(IdentityJson.text(user.withPassword(hash))));
        return new IdentityChange<>(contents, user.name());
    }

    /** A refusal is noted, and nobody waits for that: it costs whoever guesses next to nothing to be refused. */
    private void admitted(CallContext call, String user, String action, Runnable admission) {
        try {
            admission.run();
        } catch (SmoException refused) {
            access.audit().note(entry(call, user, action, word(refused)));
            throw refused;
        }
    }

    private <T> T audited(CallContext call, String user, String action, Supplier<T> work) {
        AuditedChange change = access.audit().begin(entry(call, user, action, ""));
        String outcome = "failed";
        try {
            T done = work.get();
            outcome = "accepted";
            return done;
        } catch (SmoException refused) {
            outcome = word(refused);
            throw refused;
        } finally {
            change.end(entry(call, user, action, outcome));
        }
    }

    private static String word(SmoException refused) {
        return refused.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private AuditRecord entry(CallContext call, String user, String action, String outcome) {
        return new AuditRecord(
                registry.clock().instant(),
                call.origin().principal(),
                call.remote().map(Remote::address).orElse(""),
                "user." + action,
                "user/" + (Principals.isSubject(user) ? user : "?"),
                outcome,
                call.origin().correlationId());
    }
}
