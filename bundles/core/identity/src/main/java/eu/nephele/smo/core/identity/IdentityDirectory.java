// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.core.contract.identity.Grant;
import eu.nephele.smo.core.contract.store.StoredIdentity;
import eu.nephele.smo.core.contract.store.StoredIdentity.IdentityKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All identities at one revision. Immutable: a request is judged by one of them. */
final class IdentityDirectory {

    static final IdentityDirectory NOTHING = new IdentityDirectory(0, Map.of());

    private final long revision;
    private final Map<IdentityKey, Object> all;
    private final Map<String, List<Grant>> grantsBySubject;

    private IdentityDirectory(long revision, Map<IdentityKey, Object> all) {
        this.revision = revision;
        this.all = Map.copyOf(all);
        this.grantsBySubject = grants().stream().collect(Collectors.groupingBy(Grant::subject));
    }

    long revision() {
        return revision;
    }

    /** The same after these changes. */
    IdentityDirectory after(List<StoredIdentity> changes) {
        Map<IdentityKey, Object> next = new HashMap<>(all);
        long latest = revision;
        for (StoredIdentity change : changes) {
            IdentityKind kind = IdentityKind.valueOf(change.key().kind().toUpperCase(Locale.ROOT));
            Optional<Object> content = change.content().map(IdentityJson.reader(kind));
            content.ifPresentOrElse(present -> next.put(change.key(), present), () -> next.remove(change.key()));
            latest = Math.max(latest, change.revision());
        }
        return new IdentityDirectory(latest, next);
    }

    /** A trial: as {@link #after}, with the same revision. */
    IdentityDirectory with(Map<IdentityKey, Optional<String>> contents) {
        return after(contents.entrySet().stream()
                .map(content -> new StoredIdentity(content.getKey(), revision, content.getValue()))
                .toList());
    }

    boolean has(IdentityKey key) {
        return all.containsKey(key);
    }

    Optional<User> user(String name) {
        return find(IdentityKind.USER, name, User.class);
    }

    Optional<ApiKey> key(String name) {
        return find(IdentityKind.KEY, name, ApiKey.class);
    }

    Optional<Session> session(String id) {
        return find(IdentityKind.SESSION, id, Session.class);
    }

    Optional<Grant> grant(String id) {
        return find(IdentityKind.GRANT, id, Grant.class);
    }

    List<User> users() {
        return list(User.class);
    }

    List<ApiKey> keys() {
        return list(ApiKey.class);
    }

    List<Session> sessions() {
        return list(Session.class);
    }

    Collection<Grant> grants() {
        return list(Grant.class);
    }

    List<Grant> grantsOf(String subject) {
        return grantsBySubject.getOrDefault(subject, List.of());
    }

    /** Returns whether a user of this server or a key administers all of it for ever. */
    boolean hasAdministrator() {
        return grants().stream().filter(Grant::isWholeAdministration).anyMatch(grant -> isLasting(grant.subject()));
    }

    /** Whether somebody known elsewhere, or a group, is there at all is not known here. */
    private boolean isLasting(String subject) {
        if (subject.startsWith(Principals.KEY)) {
            return key(subject.substring(Principals.KEY.length())).stream()
                    .flatMap(key -> key.secrets().stream())
                    .anyMatch(secret -> secret.until().isEmpty());
        }
        return user(subject)
                .filter(user -> user.enabled() && user.passwordHash().isPresent())
                .isPresent();
    }

    private <T> Optional<T> find(IdentityKind kind, String id, Class<T> type) {
        return Optional.ofNullable(all.get(kind.key(id))).map(type::cast);
    }

    private <T> List<T> list(Class<T> type) {
        return all.values().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
