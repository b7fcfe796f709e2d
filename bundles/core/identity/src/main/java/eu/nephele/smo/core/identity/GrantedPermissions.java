// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.CallContext.Remote;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.identity.Grant;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Permissions by the roles that a caller brings and those that were granted to it and to its groups. */
@Component(service = Permissions.class)
public final class GrantedPermissions implements Permissions {

    private final IdentityRegistry registry;

    @Activate
    public GrantedPermissions(@Reference IdentityRegistry registry) {
        this.registry = registry;
    }

    @Override
    public boolean allow(CallContext call, Verb verb, ResourceRef target) {
        return allowed(call, verb).test(target);
    }

    @Override
    public Predicate<ResourceRef> allowed(CallContext call, Verb verb) {
        Optional<HeldRoles> held = call.remote().map(remote -> held(call, remote));
        return held.<Predicate<ResourceRef>>map(
                        roles -> target -> roles.allow(verb, target.kind(), target.project(), Optional.of(target)))
                .orElse(target -> true);
    }

    @Override
    public boolean allowIn(CallContext call, Verb verb, String kind, String project) {
        return call.remote()
                .map(remote -> held(call, remote).allow(verb, kind, project, Optional.empty()))
                .orElse(true);
    }

    private HeldRoles held(CallContext call, Remote remote) {
        return HeldRoles.at(
                registry.now(),
                call.origin().principal(),
                remote,
                registry.clock().instant());
    }

    static Stream<Grant> grants(IdentityDirectory directory, String principal, Remote remote) {
        return Stream.concat(
                directory.grantsOf(principal).stream(),
                remote.groups().stream().flatMap(group -> directory.grantsOf(Principals.GROUP + group).stream()));
    }

    @Override
    public Optional<String> requirement(CallContext call, Verb verb, ResourceRef target) {
        return requirement(verb, target.kind(), target.project()).or(() -> requirement(verb, target.kind(), ""));
    }

    private static Optional<String> requirement(Verb verb, String kind, String grantedIn) {
        return RoleRules.least(verb, kind, grantedIn).map(role -> "%s of a %s needs the role %s %s"
                .formatted(
                        verb,
                        kind,
                        role.word(),
                        grantedIn.isEmpty() ? "for all projects" : "on the project " + grantedIn));
    }

    @Override
    public Optional<String> standing(CallContext call) {
        return call.remote().map(remote -> standing(call, remote)).orElse(Optional.of(""));
    }

    private Optional<String> standing(CallContext call, Remote remote) {
        IdentityDirectory directory = registry.now();
        Instant now = registry.clock().instant();
        if (!Credential.counts(remote.credential(), directory, now)) {
            return Optional.empty();
        }
        return Optional.of(grants(directory, call.origin().principal(), remote)
                .filter(grant -> grant.counts(now))
                .map(Grant::id)
                .sorted()
                .collect(Collectors.joining(" ")));
    }
}
