// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.identity.Grant;
import eu.nephele.smo.core.contract.identity.GrantRequest;
import eu.nephele.smo.core.contract.identity.IdentityService;
import eu.nephele.smo.core.contract.identity.UserRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Users, keys, sessions and grants behind an authorization check. A grant in a project is a resource of the project. */
@Component(service = IdentityService.class)
public final class AuthorizedIdentityService implements IdentityService {

    private final IdentityRegistry registry;
    private final IdentityAdministration administration;
    private final GrantAdministration grantAdministration;
    private final GrantAuthority authority;
    private final AccessControl access;
    private final Authorizer authorizer;

    @Activate
    public AuthorizedIdentityService(
            BundleContext context, @Reference IdentityRegistry registry, @Reference PasswordService passwords) {
        this(
                registry,
                new IdentityAdministration(registry, passwords.hasher(), passwords.settings()),
                new InstalledAccess(context));
    }

    AuthorizedIdentityService(IdentityRegistry registry, IdentityAdministration administration, AccessControl access) {
        this.registry = registry;
        this.administration = administration;
        this.grantAdministration = new GrantAdministration(registry, administration);
        this.authority = new GrantAuthority(registry);
        this.access = access;
        this.authorizer = access.authorizer("The identity service");
    }

    @Deactivate
    void close() {
        authorizer.end();
        access.close();
    }

    private static ResourceRef ref(IdentityKind kind, String name) {
        return new ResourceRef(kind.word(), "", name.isEmpty() ? "?" : name);
    }

    private static ResourceRef ref(Grant grant) {
        return new ResourceRef(IdentityKind.GRANT.word(), grant.project(), grant.id());
    }

    private <T> T whole(CallContext call, Supplier<T> work) {
        authority.requireWhole(call);
        return work.get();
    }

    private IdentityViews views() {
        return new IdentityViews(registry.uses());
    }

    @Override
    public List<JsonObject> users(CallContext call) {
        List<User> users = authorizer.list(
                call, user -> ref(IdentityKind.USER, user.name()), () -> registry.required().users().stream()
                        .sorted(Comparator.comparing(User::name))
                        .toList());
        IdentityViews views = views();
        return users.stream().map(views::json).toList();
    }

    @Override
    public Optional<JsonObject> user(String name, CallContext call) {
        return authorizer.find(call, ref(IdentityKind.USER, name), () -> registry.required()
                .user(name)
                .map(views()::json));
    }

    @Override
    public JsonObject addUser(String name, UserRequest request, CallContext call) {
        return authorizer.change(
                call,
                Verb.CREATE,
                ref(IdentityKind.USER, name),
                "add",
                () -> whole(call, () -> administration.addUser(name, request)));
    }

    @Override
    public JsonObject changeUser(String name, UserRequest request, CallContext call) {
        String word = request.password().isPresent() ? "set-password" : "change";
        return authorizer.change(
                call,
                Verb.UPDATE,
                ref(IdentityKind.USER, name),
                word,
                () -> whole(call, () -> administration.changeUser(name, request)));
    }

    @Override
    public void removeUser(String name, CallContext call) {
        authorizer.change(
                call,
                Verb.DELETE,
                ref(IdentityKind.USER, name),
                "remove",
                () -> whole(call, () -> administration.removeUser(name)));
    }

    @Override
    public List<JsonObject> keys(CallContext call) {
        List<ApiKey> keys = authorizer.list(
                call, key -> ref(IdentityKind.KEY, key.name()), () -> registry.required().keys().stream()
                        .sorted(Comparator.comparing(ApiKey::name))
                        .toList());
        IdentityViews views = views();
        return keys.stream().map(views::json).toList();
    }

    @Override
    public JsonObject addKey(String name, String description, Optional<Instant> until, CallContext call) {
        return authorizer.change(
                call,
                Verb.CREATE,
                ref(IdentityKind.KEY, name),
                "add",
                () -> whole(
                        call,
                        () -> administration.addKey(
                                name, description, until, call.origin().principal())));
    }

    @Override
    public JsonObject rotateKey(String name, Duration overlap, CallContext call) {
        return authorizer.change(
                call,
                Verb.UPDATE,
                ref(IdentityKind.KEY, name),
                "rotate",
                () -> whole(call, () -> administration.rotateKey(name, overlap)));
    }

    @Override
    public void removeKey(String name, CallContext call) {
        authorizer.change(
                call,
                Verb.DELETE,
                ref(IdentityKind.KEY, name),
                "remove",
                () -> whole(call, () -> administration.removeKey(name)));
    }

    @Override
    public List<JsonObject> sessions(CallContext call) {
        List<Session> sessions = authorizer.list(
                call, session -> ref(IdentityKind.SESSION, session.id()), () -> registry.required().sessions().stream()
                        .sorted(Comparator.comparing(Session::createdAt))
                        .toList());
        IdentityViews views = views();
        return sessions.stream().map(views::json).toList();
    }

    @Override
    public void removeSession(String id, CallContext call) {
        authorizer.change(
                call, Verb.DELETE, ref(IdentityKind.SESSION, id), "remove", () -> administration.removeSession(id));
    }

    @Override
    public List<JsonObject> grants(CallContext call) {
        List<Grant> grants =
                authorizer.list(call, AuthorizedIdentityService::ref, () -> registry.required().grants().stream()
                        .sorted(Comparator.comparing(Grant::subject).thenComparing(Grant::id))
                        .toList());
        return grants.stream().map(IdentityJson::json).toList();
    }

    @Override
    public JsonObject grant(GrantRequest request, boolean trial, CallContext call) {
        ResourceRef target = new ResourceRef(IdentityKind.GRANT.word(), request.project(), request.subject());
        String word = trial ? "try" : "grant-" + request.role().word();
        return authorizer.change(call, Verb.CREATE, target, word, () -> {
            authority.requireFor(request, call);
            return grantAdministration.grant(request, trial, call.origin().principal());
        });
    }

    @Override
    public JsonObject consent(String grant, CallContext call) {
        return authorizer.change(
                call, Verb.OPERATE, target(grant), "consent", () -> grantAdministration.consent(grant, call));
    }

    @Override
    public JsonObject revoke(String grant, boolean trial, CallContext call) {
        return authorizer.change(
                call,
                Verb.DELETE,
                target(grant),
                trial ? "try-revoke" : "revoke",
                () -> grantAdministration.revoke(grant, trial));
    }

    private ResourceRef target(String grant) {
        return registry.now().grant(grant).map(AuthorizedIdentityService::ref).orElse(ref(IdentityKind.GRANT, grant));
    }
}
