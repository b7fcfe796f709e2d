// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.StoredIdentity.IdentityKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Identities as they are answered: without secrets and their hashes. */
final class IdentityViews {

    private final Map<IdentityKey, Instant> uses;

    IdentityViews(Map<IdentityKey, Instant> uses) {
        this.uses = uses;
    }

    JsonObject json(User user) {
        return new JsonFieldWriter()
                .put("name", user.name())
                .put("fullName", user.fullName())
                .put("enabled", user.enabled())
                .put("hasPassword", user.passwordHash().isPresent())
                .put("createdAt", user.createdAt().toString())
                .object();
    }

    /** With what its latest secret says of itself. */
    JsonObject json(ApiKey key) {
        return new JsonFieldWriter()
                .put("name", key.name())
                .put("principal", key.principal())
                .put("description", key.description())
                .put("prefix", "smok_" + key.name())
                .put("secrets", key.secrets().size())
                .put("until", key.secrets().get(0).until().map(Instant::toString))
                .put("lastUsedAt", used(IdentityKind.KEY, key.name()))
                .put("createdBy", key.createdBy())
                .put("createdAt", key.createdAt().toString())
                .object();
    }

    JsonObject json(Session session) {
        return new JsonFieldWriter()
                .put("id", session.id())
                .put("principal", session.principal())
                .texts("groups", new TreeSet<>(session.groups()))
                .put("address", session.address())
                .put("createdAt", session.createdAt().toString())
                .put("until", session.until().toString())
                .put("lastUsedAt", used(IdentityKind.SESSION, session.id()))
                .object();
    }

    private Optional<String> used(IdentityKind kind, String id) {
        return Optional.ofNullable(uses.get(kind.key(id))).map(Instant::toString);
    }
}
