// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.identity.Grant;
import eu.nephele.smo.core.contract.identity.Grant.GrantLimits;
import eu.nephele.smo.core.contract.identity.Grant.GrantOrigin;
import eu.nephele.smo.core.contract.identity.Role;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.identity.ApiKey.KeySecret;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Identities as they are stored, with the hashes of their secrets. Never an answer. */
final class IdentityJson {

    private static final String NAME = "name";
    private static final String CREATED_AT = "createdAt";
    private static final String HASH = "hash";
    private static final String UNTIL = "until";

    private IdentityJson() {}

    private static JsonFieldReader read(String text) {
        return new JsonFieldReader(StrictJson.parseObject(text));
    }

    static String text(User user) {
        return new JsonFieldWriter()
                .put(NAME, user.name())
                .put("fullName", user.fullName())
                .put("enabled", user.enabled())
                .put("passwordHash", user.passwordHash())
                .put("passwordVersion", user.passwordVersion())
                .put(CREATED_AT, user.createdAt().toString())
                .object()
                .toJson();
    }

    static User user(String text) {
        JsonFieldReader fields = read(text);
        return new User(
                fields.text(NAME),
                fields.text("fullName"),
                fields.flag("enabled"),
                fields.optionalText("passwordHash"),
                fields.integer("passwordVersion"),
                fields.instant(CREATED_AT));
    }

    static String text(ApiKey key) {
        return new JsonFieldWriter()
                .put(NAME, key.name())
                .put("description", key.description())
                .put("secrets", JsonFieldWriter.array(key.secrets(), IdentityJson::secret))
                .put("createdBy", key.createdBy())
                .put(CREATED_AT, key.createdAt().toString())
                .object()
                .toJson();
    }

    private static JsonObject secret(KeySecret secret) {
        return new JsonFieldWriter()
                .put(HASH, secret.hash())
                .put(UNTIL, secret.until().map(Instant::toString))
                .object();
    }

    static ApiKey key(String text) {
        JsonFieldReader fields = read(text);
        List<KeySecret> secrets = fields.objects("secrets").stream()
                .map(JsonFieldReader::new)
                .map(secret -> new KeySecret(
                        secret.text(HASH), secret.optionalText(UNTIL).map(Instant::parse)))
                .toList();
        return new ApiKey(
                fields.text(NAME),
                fields.text("description"),
                secrets,
                fields.text("createdBy"),
                fields.instant(CREATED_AT));
    }

    static String text(Session session) {
        return new JsonFieldWriter()
                .put("id", session.id())
                .put("principal", session.principal())
                .texts("groups", new TreeSet<>(session.groups()))
                .put(HASH, session.hash())
                .put("address", session.address())
                .put(CREATED_AT, session.createdAt().toString())
                .put(UNTIL, session.until().toString())
                .object()
                .toJson();
    }

    static Session session(String text) {
        JsonFieldReader fields = read(text);
        return new Session(
                fields.text("id"),
                fields.text("principal"),
                Set.copyOf(JsonFieldReader.texts(fields.value("groups"))),
                fields.text(HASH),
                fields.text("address"),
                fields.instant(CREATED_AT),
                fields.instant(UNTIL));
    }

    /** Has no secrets: it is what is answered, too. */
    static JsonObject json(Grant grant) {
        GrantLimits limits = grant.limits();
        GrantOrigin origin = grant.origin();
        return new JsonFieldWriter()
                .put("id", grant.id())
                .put("subject", grant.subject())
                .put("role", grant.role().word())
                .put("project", grant.project())
                .put("resource", limits.resource())
                .texts("verbs", limits.verbs().stream().map(Verb::name).sorted().toList())
                .put(UNTIL, limits.until().map(Instant::toString))
                .put("grantedBy", origin.by())
                .put("grantedAt", origin.at().toString())
                .put("needsConsent", origin.needsConsent())
                .put("consentedBy", origin.consentedBy())
                .object();
    }

    static Grant grant(String text) {
        JsonFieldReader fields = read(text);
        Set<Verb> verbs = JsonFieldReader.texts(fields.value("verbs")).stream()
                .map(Verb::valueOf)
                .collect(Collectors.toSet());
        return new Grant(
                fields.text("id"),
                fields.text("subject"),
                role(fields.text("role")),
                fields.text("project"),
                new GrantLimits(
                        fields.optionalText("resource"),
                        verbs,
                        fields.optionalText(UNTIL).map(Instant::parse)),
                new GrantOrigin(
                        fields.text("grantedBy"),
                        fields.instant("grantedAt"),
                        fields.flag("needsConsent"),
                        fields.optionalText("consentedBy")));
    }

    private static Role role(String word) {
        return Role.ofWord(word)
                .orElseThrow(() -> new IllegalStateException("Stored role %s is unknown".formatted(word)));
    }

    /** Reads content of a kind, for a map by id. */
    static Function<String, ?> reader(IdentityKind kind) {
        return switch (kind) {
            case USER -> IdentityJson::user;
            case KEY -> IdentityJson::key;
            case SESSION -> IdentityJson::session;
            case GRANT -> IdentityJson::grant;
        };
    }
}
