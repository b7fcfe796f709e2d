// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.identity.Grant;
import eu.nephele.smo.core.contract.identity.Grant.GrantOrigin;
import eu.nephele.smo.core.contract.identity.GrantRequest;
import eu.nephele.smo.core.contract.store.StoredIdentity.IdentityKey;
import eu.nephele.smo.core.identity.IdentityRegistry.IdentityChange;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Changes of grants. Whether the caller may is judged in front. */
final class GrantAdministration {

    private static final Pattern PROJECT = Pattern.compile("[^\\p{Cntrl}/]{0,253}");
    private static final Pattern RESOURCE = Pattern.compile("[a-z][a-z0-9-]{0,62}/[^\\p{Cntrl}]{1,253}");
    private static final String EFFECT = "effect";

    private final IdentityRegistry registry;
    private final IdentityAdministration administration;
    private final SecureRandom random = new SecureRandom();

    GrantAdministration(IdentityRegistry registry, IdentityAdministration administration) {
        this.registry = registry;
        this.administration = administration;
    }

    JsonObject grant(GrantRequest request, boolean trial, String by) {
        requireValid(request);
        Grant grant = new Grant(
                TokenText.randomId(random),
                request.subject(),
                request.role(),
                request.project(),
                request.limits(),
                new GrantOrigin(by, registry.clock().instant(), request.needsConsent(), Optional.empty()));
        return registry.change(directory -> {
            requireKnown(directory, request.subject());
            JsonObject effect = GrantEffect.json(grant, directory, "gains");
            return new IdentityChange<>(
                    trial ? Map.of() : content(grant), answer(grant, trial).with(EFFECT, effect));
        });
    }

    /** @param call of the second administrator: a person, and nobody whom the grant is for */
    JsonObject consent(String id, CallContext call) {
        String by = call.origin().principal();
        if (by.startsWith(Principals.KEY) || by.startsWith(Principals.CERTIFICATE)) {
            throw SmoException.conflict("%s is no person; a person has to agree to grant %s".formatted(by, id));
        }
        return registry.change(directory -> {
            Grant present = find(directory, id);
            GrantOrigin origin = present.origin();
            if (!origin.needsConsent() || origin.consentedBy().isPresent()) {
                throw SmoException.conflict("Grant %s counts already".formatted(id));
            }
            if (origin.by().equals(by)) {
                throw SmoException.conflict(
                        "Grant %s was made by %s; somebody else has to agree to it".formatted(id, by));
            }
            boolean ofOwnGroup = call.remote().stream()
                    .flatMap(remote -> remote.groups().stream())
                    .anyMatch(group -> present.subject().equals(Principals.GROUP + group));
            if (present.subject().equals(by) || ofOwnGroup) {
                throw SmoException.conflict("Grant %s is for %s; somebody else has to agree to it".formatted(id, by));
            }
            Grant agreed = new Grant(
                    id,
                    present.subject(),
                    present.role(),
                    present.project(),
                    present.limits(),
                    new GrantOrigin(origin.by(), origin.at(), true, Optional.of(by)));
            return new IdentityChange<>(content(agreed), answer(agreed, false));
        });
    }

    JsonObject revoke(String id, boolean trial) {
        return registry.change(directory -> {
            Grant grant = find(directory, id);
            Map<IdentityKey, Optional<String>> contents = Map.of(IdentityKind.GRANT.key(id), Optional.empty());
            administration.requireAdministrator(directory, contents);
            JsonObject effect = GrantEffect.json(grant, directory.with(contents), "loses");
            return new IdentityChange<>(
                    trial ? Map.of() : contents, answer(grant, trial).with(EFFECT, effect));
        });
    }

    static Grant find(IdentityDirectory directory, String id) {
        return directory.grant(id).orElseThrow(() -> IdentityAdministration.missing("Grant", id));
    }

    private static Map<IdentityKey, Optional<String>> content(Grant grant) {
        return Map.of(
                IdentityKind.GRANT.key(grant.id()),
                Optional.of(IdentityJson.json(grant).toJson()));
    }

    private static JsonObject answer(Grant grant, boolean trial) {
        return IdentityJson.json(grant).with("trial", new JsonBoolean(trial));
    }

    private void requireValid(GrantRequest request) {
        if (!Principals.isSubject(request.subject())) {
            throw IdentityAdministration.invalid(
                    "/subject",
                    "expected the name of a user as it is (anna, not user:anna), key:NAME, group:PROVIDER/NAME or PROVIDER:NAME");
        }
        if (!PROJECT.matcher(request.project()).matches()) {
            throw IdentityAdministration.invalid("/project", "is no name of a project");
        }
        request.limits().resource().ifPresent(resource -> {
            if (!RESOURCE.matcher(resource).matches()) {
                throw IdentityAdministration.invalid("/resource", "expected KIND/NAME, for example graph/web");
            }
        });
        request.limits().until().filter(until -> !until.isAfter(now())).ifPresent(past -> {
            throw IdentityAdministration.invalid("/until", "is in the past");
        });
    }

    private Instant now() {
        return registry.clock().instant();
    }

    private static void requireKnown(IdentityDirectory directory, String subject) {
        boolean missing = subject.startsWith(Principals.KEY)
                ? directory.key(subject.substring(Principals.KEY.length())).isEmpty()
                : Principals.isUser(subject) && directory.user(subject).isEmpty();
        if (missing) {
            throw IdentityAdministration.invalid("/subject", "%s does not exist".formatted(subject));
        }
    }
}
