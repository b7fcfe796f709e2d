// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.identity.UserRequest;
import eu.nephele.smo.core.contract.store.StoredIdentity.IdentityKey;
import eu.nephele.smo.core.identity.ApiKey.KeySecret;
import eu.nephele.smo.core.identity.IdentityRegistry.IdentityChange;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes of users, keys and sessions. Whether the caller may is judged in front. */
final class IdentityAdministration {

    private static final int LONGEST_TEXT = 200;

    private final IdentityRegistry registry;
    private final PasswordHasher hasher;
    private final IdentitySettings settings;
    private final SecureRandom random = new SecureRandom();

    IdentityAdministration(IdentityRegistry registry, PasswordHasher hasher, IdentitySettings settings) {
        this.registry = registry;
        this.hasher = hasher;
        this.settings = settings;
    }

    JsonObject addUser(String name, UserRequest request) {
        requireName("/name", name);
        Optional<String> hash = request.password().map(this::hashed);
        User user = new User(
                name,
                text("/fullName", request.fullName().orElse("")),
                request.enabled().orElse(true),
                hash,
                hash.isPresent() ? 1 : 0,
                now());
        return registry.change(directory -> {
            if (directory.user(name).isPresent()) {
                throw SmoException.conflict("User %s exists already".formatted(name));
            }
            return new IdentityChange<>(
                    Map.of(IdentityKind.USER.key(name), Optional.of(IdentityJson.text(user))), view(user));
        });
    }

    JsonObject changeUser(String name, UserRequest request) {
        Optional<String> hash = request.password().map(this::hashed);
        return registry.change(directory -> {
            User present = directory.user(name).orElseThrow(() -> missing("User", name));
            User changed = new User(
                    name,
                    text("/fullName", request.fullName().orElse(present.fullName())),
                    request.enabled().orElse(present.enabled()),
                    present.passwordHash(),
                    present.passwordVersion(),
                    present.createdAt());
            User next = hash.map(changed::withPassword).orElse(changed);
            Map<IdentityKey, Optional<String>> contents = new HashMap<>();
            contents.put(IdentityKind.USER.key(name), Optional.of(IdentityJson.text(next)));
            if (hash.isPresent() || !next.enabled()) {
                contents.putAll(sessionsOf(directory, name));
            }
            requireAdministrator(directory, contents);
            return new IdentityChange<>(contents, view(next));
        });
    }

    String removeUser(String name) {
        return registry.change(directory -> {
            if (directory.user(name).isEmpty()) {
                throw missing("User", name);
            }
            Map<IdentityKey, Optional<String>> contents = new HashMap<>(sessionsOf(directory, name));
            contents.put(IdentityKind.USER.key(name), Optional.empty());
            contents.putAll(grantsOf(directory, name));
            requireAdministrator(directory, contents);
            return new IdentityChange<>(contents, name);
        });
    }

    JsonObject addKey(String name, String description, Optional<Instant> until, String by) {
        requireName("/name", name);
        requireFuture(until);
        TokenText token = TokenText.random(IdentityKind.KEY, name, random);
        ApiKey key = new ApiKey(
                name, text("/description", description), List.of(new KeySecret(token.hash(), until)), by, now());
        return registry.change(directory -> {
            if (directory.key(name).isPresent()) {
                throw SmoException.conflict("Key %s exists already; it can be given another secret".formatted(name));
            }
            return new IdentityChange<>(
                    Map.of(IdentityKind.KEY.key(name), Optional.of(IdentityJson.text(key))), shown(key, token));
        });
    }

    JsonObject rotateKey(String name, Duration overlap) {
        TokenText token = TokenText.random(IdentityKind.KEY, name, random);
        Instant end = now().plus(overlap);
        return registry.change(directory -> {
            ApiKey present = directory.key(name).orElseThrow(() -> missing("Key", name));
            KeySecret latest = present.secrets().get(0);
            Optional<Instant> ends =
                    Optional.of(latest.until().filter(end::isAfter).orElse(end));
            List<KeySecret> secrets =
                    List.of(new KeySecret(token.hash(), latest.until()), new KeySecret(latest.hash(), ends));
            ApiKey next = new ApiKey(name, present.description(), secrets, present.createdBy(), present.createdAt());
            return new IdentityChange<>(
                    Map.of(IdentityKind.KEY.key(name), Optional.of(IdentityJson.text(next))), shown(next, token));
        });
    }

    String removeKey(String name) {
        return registry.change(directory -> {
            ApiKey key = directory.key(name).orElseThrow(() -> missing("Key", name));
            Map<IdentityKey, Optional<String>> contents = new HashMap<>(grantsOf(directory, key.principal()));
            contents.put(IdentityKind.KEY.key(name), Optional.empty());
            requireAdministrator(directory, contents);
            return new IdentityChange<>(contents, name);
        });
    }

    String removeSession(String id) {
        return registry.change(directory -> {
            if (directory.session(id).isEmpty()) {
                throw missing("Session", id);
            }
            return new IdentityChange<>(Map.of(IdentityKind.SESSION.key(id), Optional.empty()), id);
        });
    }

    /** @throws SmoException {@code CONFLICT} when there is an administrator and would be none after the change */
    void requireAdministrator(IdentityDirectory directory, Map<IdentityKey, Optional<String>> contents) {
        if (directory.hasAdministrator() && !directory.with(contents).hasAdministrator()) {
            throw SmoException.conflict(
                    "Nobody would administer this server any more. Grant the role admin for all projects to somebody else first");
        }
    }

    /** @return its hash */
    String hashed(String password) {
        if (password.length() < settings.passwordCharacters() || password.length() > LONGEST_TEXT) {
            throw invalid(
                    "/password", "expected %d to %d characters".formatted(settings.passwordCharacters(), LONGEST_TEXT));
        }
        return hasher.hash(password);
    }

    static Map<IdentityKey, Optional<String>> sessionsOf(IdentityDirectory directory, String principal) {
        Map<IdentityKey, Optional<String>> contents = new HashMap<>();
        directory.sessions().stream()
                .filter(session -> session.principal().equals(principal))
                .forEach(session -> contents.put(IdentityKind.SESSION.key(session.id()), Optional.empty()));
        return contents;
    }

    private static Map<IdentityKey, Optional<String>> grantsOf(IdentityDirectory directory, String principal) {
        Map<IdentityKey, Optional<String>> contents = new HashMap<>();
        directory
                .grantsOf(principal)
                .forEach(grant -> contents.put(IdentityKind.GRANT.key(grant.id()), Optional.empty()));
        return contents;
    }

    private JsonObject view(User user) {
        return new IdentityViews(Map.of()).json(user);
    }

    private JsonObject shown(ApiKey key, TokenText token) {
        return new IdentityViews(Map.of()).json(key).with("token", new JsonString(token.text()));
    }

    private Instant now() {
        return registry.clock().instant();
    }

    private void requireFuture(Optional<Instant> until) {
        if (until.filter(time -> !time.isAfter(now())).isPresent()) {
            throw invalid("/until", "is in the past");
        }
    }

    private static void requireName(String pointer, String name) {
        String fault = Principals.fault(name);
        if (!fault.isEmpty()) {
            throw invalid(pointer, fault);
        }
    }

    private static String text(String pointer, String text) {
        if (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw invalid(pointer, "expected at most %d characters of one line".formatted(LONGEST_TEXT));
        }
        return text;
    }

    static SmoException missing(String what, String name) {
        return SmoException.notFound("%s %s does not exist".formatted(what, name));
    }

    static SmoException invalid(String pointer, String message) {
        return SmoException.invalid("The request is not valid", List.of(new Violation(pointer, message)));
    }
}
