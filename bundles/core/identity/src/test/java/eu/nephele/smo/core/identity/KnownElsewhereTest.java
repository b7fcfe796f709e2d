// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.CallContext.Remote;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.Rights;
import eu.nephele.smo.core.contract.identity.Grant.GrantLimits;
import eu.nephele.smo.core.contract.identity.GrantRequest;
import eu.nephele.smo.core.contract.identity.Role;
import eu.nephele.smo.core.contract.store.MapIdentityStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions and tokens of those whom an identity provider knows. */
class KnownElsewhereTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final ResourceRef WEB = new ResourceRef("graph", "shop", "web");
    private static final CallContext ROOT = CallContext.of("root", "10.0.0.9", Set.of("admin"), "c0");
    private static final CallContext ANONYMOUS = CallContext.of("anonymous", "10.0.0.1", Set.of(), "c");
    private static final Principal CARL = new Principal("corp:carl", Set.of(), Set.of("corp/ops"), "");

    private final Rights rights = new Rights();
    private final IdentityModule module =
            IdentityModule.withCheapPasswords(new MapIdentityStore(), rights, Clock.fixed(NOW, ZoneOffset.UTC));

    @AfterEach
    void close() {
        module.close();
    }

    private static String text(JsonObject json, String member) {
        return json.get(member).flatMap(JsonValue::asString).orElseThrow();
    }

    private Optional<Principal> bearer(JsonObject session) {
        return module.authenticator().authenticate("Bearer " + text(session, "token"));
    }

    private static CallContext call(Principal who) {
        return CallContext.from(
                who.name(), new Remote("10.0.0.1", Map.of("", who.roles()), who.groups(), who.credential()), "c1");
    }

    private boolean mayRead(Principal who) {
        return module.permissions().allow(call(who), Verb.READ, WEB);
    }

    private void grant(String subject) {
        module.identities().grant(new GrantRequest(subject, Role.VIEWER, "shop", GrantLimits.NONE, false), false, ROOT);
    }

    @Test
    void aSessionKeepsTheGroupsOfTheLoginAndIsRevokedLikeOthers() {
        grant("group:corp/ops");
        JsonObject session = module.sessions().open(CARL, Optional.of(Duration.ofHours(2)), ANONYMOUS);
        assertThat(text(session, "principal")).isEqualTo("corp:carl");
        assertThat(text(session, "until")).isEqualTo("2026-11-20T12:00:00Z");
        Principal carl = bearer(session).orElseThrow();
        assertThat(carl.groups()).containsExactly("corp/ops");
        assertThat(mayRead(carl)).isTrue();
        assertThat(module.sessions().own(call(carl))).hasSize(1);
        module.identities().removeSession(text(session, "id"), ROOT);
        assertThat(bearer(session)).isEmpty();
        assertThat(mayRead(carl)).as("also a stream that is open").isFalse();
    }

    @Test
    void groupsOfTwoProvidersAreTwo() {
        grant("group:corp/ops");
        Principal other = new Principal("lab:carl", Set.of(), Set.of("lab/ops", "ops", "lab/corp/ops"), "");
        assertThat(mayRead(bearer(module.sessions().open(other, Optional.empty(), ANONYMOUS))
                        .orElseThrow()))
                .isFalse();
        assertThat(mayRead(bearer(module.sessions().open(CARL, Optional.empty(), ANONYMOUS))
                        .orElseThrow()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"anna", "admin", "key:ci", "group:corp/ops", "cert:probe", "corp:", "corp:a b", "Corp:a", ""})
    void nobodyElsewhereIsSomebodyOfHere(String name) {
        Principal known = new Principal(name, Set.of(), Set.of(), "");
        assertThatThrownBy(() -> module.sessions().open(known, Optional.empty(), ANONYMOUS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(module.identities().sessions(ROOT)).isEmpty();
    }

    @Test
    void aSessionIsNoLongerThanIsConfigured() {
        assertThatThrownBy(() -> module.sessions().open(CARL, Optional.of(Duration.ofDays(8)), ANONYMOUS))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(SmoException.Kind.INVALID));
    }

    @Test
    void loginsAreInTheAudit() {
        rights.reset();
        module.sessions().open(CARL, Optional.empty(), ANONYMOUS);
        assertThat(rights.told())
                .extracting(entry -> entry.action() + " " + entry.target() + " " + entry.outcome())
                .containsExactly("user.login user/corp:carl accepted");
    }

    @Test
    void aStreamThatBeganWithATokenEndsWithIt() {
        grant("corp:carl");
        long now = NOW.getEpochSecond();
        Principal until = new Principal("corp:carl", Set.of(), Set.of(), "jwt/0123456789ab/" + (now + 1));
        Principal over = new Principal("corp:carl", Set.of(), Set.of(), "jwt/0123456789ab/" + now);
        assertThat(mayRead(until)).isTrue();
        assertThat(module.permissions().standing(call(until))).isPresent();
        assertThat(mayRead(over)).isFalse();
        assertThat(module.permissions().standing(call(over))).isEmpty();
    }
}
