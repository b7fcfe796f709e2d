// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.port.Authenticator.Presented;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.CallContext.Remote;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.SmoException.Kind;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.AuditTrail;
import eu.nephele.smo.core.contract.access.Rights;
import eu.nephele.smo.core.contract.identity.Grant.GrantLimits;
import eu.nephele.smo.core.contract.identity.GrantRequest;
import eu.nephele.smo.core.contract.identity.Role;
import eu.nephele.smo.core.contract.identity.UserRequest;
import eu.nephele.smo.core.contract.store.MapIdentityStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, keys, sessions and grants on one store, with what the gate and the doors make of them. */
class IdentitiesTest {

    private static final String PASSWORD = "correct horse battery staple";
    private static final ResourceRef WEB = new ResourceRef("graph", "shop", "web");
    private static final CallContext ROOT = CallContext.of("root", "10.0.0.9", Set.of("admin"), "c0");

    private static final CallContext ANONYMOUS = CallContext.of("anonymous", "10.0.0.1", Set.of(), "c");

    private final MovedClock clock = new MovedClock();
    private final MapIdentityStore store = new MapIdentityStore();
    private final Rights rights = new Rights();
    private IdentityModule module;

    /** Stands still until a test moves it. */
    private static final class MovedClock extends Clock {
        private Instant now = Instant.parse("2026-11-20T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void open() {
        module = IdentityModule.withCheapPasswords(store, rights, clock);
    }

    @AfterEach
    void close() {
        module.close();
    }

    private static UserRequest withPassword(String password) {
        return new UserRequest(Optional.empty(), Optional.empty(), Optional.of(password));
    }

    private void addUser(String name) {
        module.identities().addUser(name, withPassword(PASSWORD), ROOT);
    }

    private JsonObject grant(String subject, Role role, String project) {
        return grant(subject, role, project, GrantLimits.NONE, false);
    }

    private JsonObject grant(String subject, Role role, String project, GrantLimits limits, boolean consent) {
        return module.identities().grant(new GrantRequest(subject, role, project, limits, consent), false, ROOT);
    }

    private static String text(JsonObject json, String member) {
        return json.get(member).map(value -> ((JsonString) value).value()).orElse("");
    }

    private Optional<Principal> bearer(String token) {
        return module.authenticator().authenticate("Bearer " + token);
    }

    private Optional<Principal> basic(String user, String password, String address) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return module.authenticator().authenticate(new Presented(Optional.of("Basic " + pair), List.of(), address));
    }

    private static CallContext call(Principal principal) {
        Remote remote =
                new Remote("10.0.0.1", Map.of("", principal.roles()), principal.groups(), principal.credential());
        return CallContext.from(principal.name(), remote, "c1");
    }

    private boolean may(Principal principal, Verb verb, ResourceRef target) {
        return module.permissions().allow(call(principal), verb, target);
    }

    private String login(String user) {
        return text(module.sessions().open(user, PASSWORD, Optional.empty(), ANONYMOUS), "token");
    }

    private static void refused(Kind kind, Runnable work) {
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(work::run)
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    @Test
    void aUserLogsInAndMayWhatWasGranted() {
        addUser("anna");
        grant("anna", Role.DEPLOYER, "shop");
        Principal anna = bearer(login("anna")).orElseThrow();
        assertThat(anna.name()).isEqualTo("anna");
        assertThat(may(anna, Verb.UPDATE, WEB)).isTrue();
        assertThat(may(anna, Verb.READ, new ResourceRef("graph", "other", "web")))
                .isFalse();
        assertThat(may(anna, Verb.OPERATE, ResourceRef.all("cluster"))).isFalse();
        assertThat(module.permissions().requirement(call(anna), Verb.OPERATE, ResourceRef.all("cluster")))
                .contains("OPERATE of a cluster needs the role operator for all projects");
        assertThat(text(module.sessions().whoAmI(call(anna)), "principal")).isEqualTo("anna");
    }

    @Test
    void whatWasNotGrantedIsNotThere() {
        addUser("anna");
        Principal anna = bearer(login("anna")).orElseThrow();
        for (Verb verb : Verb.values()) {
            assertThat(may(anna, verb, WEB)).isFalse();
            assertThat(may(anna, verb, ResourceRef.all("cluster"))).isFalse();
        }
    }

    @Test
    void basicCredentialsAreTheUsersOwnOrAToken() {
        addUser("anna");
        JsonObject key = module.identities().addKey("ci", "", Optional.empty(), ROOT);
        assertThat(basic("anna", PASSWORD, "10.0.0.1")).map(Principal::name).contains("anna");
        assertThat(basic("anna", PASSWORD, "10.0.0.1")).as("remembered").isPresent();
        assertThat(basic("anybody", text(key, "token"), "10.0.0.1"))
                .map(Principal::name)
                .contains("key:ci");
        assertThat(basic("anna", "wrong", "10.0.0.1")).isEmpty();
        assertThat(basic("bert", PASSWORD, "10.0.0.1")).isEmpty();
    }

    @Test
    void aNewPasswordEndsWhatTheOldOneOpened() {
        addUser("anna");
        grant("anna", Role.VIEWER, "");
        String token = login("anna");
        Principal bySession = bearer(token).orElseThrow();
        Principal byPassword = basic("anna", PASSWORD, "10.0.0.1").orElseThrow();
        module.identities().changeUser("anna", withPassword("another long password"), ROOT);
        assertThat(bearer(token)).isEmpty();
        assertThat(may(bySession, Verb.READ, WEB)).as("an open stream ends").isFalse();
        assertThat(may(byPassword, Verb.READ, WEB)).isFalse();
        assertThat(module.permissions().standing(call(bySession))).isEmpty();
        assertThat(basic("anna", PASSWORD, "10.0.0.1")).as("not remembered").isEmpty();
        assertThat(basic("anna", "another long password", "10.0.0.1")).isPresent();
    }

    @Test
    void usersChangeTheirOwnPasswordAndTheirSessionGoesOn() {
        addUser("anna");
        String other = login("anna");
        String own = login("anna");
        CallContext anna = call(bearer(own).orElseThrow());
        refused(Kind.UNAUTHENTICATED, () -> module.sessions().changePassword("wrong", "another long password", anna));
        refused(Kind.INVALID, () -> module.sessions().changePassword(PASSWORD, "short", anna));
        module.sessions().changePassword(PASSWORD, "another long password", anna);
        assertThat(bearer(own)).isPresent();
        assertThat(bearer(other)).isEmpty();
    }

    @Test
    void sessionsEndByTimeByLogoutAndByRevocation() {
        addUser("anna");
        String byTime = login("anna");
        String byLogout = login("anna");
        String byRevocation = login("anna");
        Principal anna = bearer(byLogout).orElseThrow();
        assertThat(module.sessions().own(call(anna))).hasSize(3);
        assertThat(module.sessions().close("", call(anna))).isTrue();
        assertThat(bearer(byLogout)).isEmpty();
        String id = byRevocation.split("_")[1];
        module.identities().removeSession(id, ROOT);
        assertThat(bearer(byRevocation)).isEmpty();
        clock.now = clock.now.plus(Duration.ofHours(12));
        assertThat(bearer(byTime)).isEmpty();
    }

    @Test
    void sessionsOfOthersAreNotEndedByAUser() {
        addUser("anna");
        addUser("bert");
        String annas = login("anna");
        CallContext bert = call(bearer(login("bert")).orElseThrow());
        assertThat(module.sessions().close(annas.split("_")[1], bert)).isFalse();
        assertThat(bearer(annas)).isPresent();
    }

    @Test
    void aKeyIsRotatedWithAnOverlapAndEndsByTime() {
        JsonObject made = module.identities().addKey("ci", "", Optional.of(clock.now.plusSeconds(3600)), ROOT);
        grant("key:ci", Role.DEPLOYER, "shop");
        String first = text(made, "token");
        Principal early = bearer(first).orElseThrow();
        String second = text(module.identities().rotateKey("ci", Duration.ofMinutes(10), ROOT), "token");
        assertThat(bearer(first)).isPresent();
        assertThat(bearer(second)).isPresent();
        clock.now = clock.now.plus(Duration.ofMinutes(10));
        assertThat(bearer(first)).isEmpty();
        assertThat(may(early, Verb.READ, WEB))
                .as("what the first secret opened is over")
                .isFalse();
        assertThat(bearer(second)).isPresent();
        clock.now = clock.now.plus(Duration.ofMinutes(50));
        assertThat(bearer(second)).as("over with the key").isEmpty();
        assertThat(module.identities().keys(ROOT).toString()).doesNotContain(first, second);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "smok_", "smok__", "smok_ci", "smok_ci_", "smok_ci_wrong", "smos_ci_x", "SMOK_ci_x"})
    void aTokenThatIsNoneIsNot(String token) {
        module.identities().addKey("ci", "", Optional.empty(), ROOT);
        assertThat(bearer(token)).isEmpty();
    }

    @Test
    void nothingThatIsStoredOpensAnything() {
        addUser("anna");
        String key = text(module.identities().addKey("ci", "", Optional.empty(), ROOT), "token");
        String session = login("anna");
        assertThat(store.text())
                .doesNotContain(PASSWORD, key.split("_", 3)[2], session.split("_", 3)[2])
                .contains("argon2id");
    }

    @Test
    void failuresDelayTheSameAddressAndNoOther() {
        addUser("anna");
        for (int i = 0; i < 5; i++) {
            assertThat(basic("anna", "wrong", "10.0.0.1")).isEmpty();
        }
        refused(Kind.THROTTLED, () -> basic("anna", PASSWORD, "10.0.0.1"));
        assertThat(basic("anna", PASSWORD, "10.0.0.2")).isPresent();
        for (int i = 0; i < 5; i++) {
            assertThat(basic("nobody", "wrong", "10.0.0.1")).isEmpty();
        }
        refused(Kind.THROTTLED, () -> basic("nobody", PASSWORD, "10.0.0.1"));
    }

    @Test
    void theLastAdministratorStays() {
        addUser("anna");
        addUser("bert");
        String annas = text(grant("anna", Role.ADMIN, ""), "id");
        grant("bert", Role.ADMIN, "shop");
        List<Runnable> wrong = List.of(
                () -> module.identities().revoke(annas, false, ROOT),
                () -> module.identities().removeUser("anna", ROOT),
                () -> module.identities()
                        .changeUser(
                                "anna", new UserRequest(Optional.empty(), Optional.of(false), Optional.empty()), ROOT));
        for (Runnable change : wrong) {
            assertThatExceptionOfType(SmoException.class)
                    .isThrownBy(change::run)
                    .satisfies(refused -> assertThat(refused.kind()).isEqualTo(Kind.CONFLICT))
                    .withMessageContaining("Nobody would administer");
        }
        grant("bert", Role.ADMIN, "");
        assertThatNoException().isThrownBy(() -> module.identities().removeUser("anna", ROOT));
    }

    @Test
    void aGrantForATimeAResourceAndAVerbIsAsNarrowAsItSays() {
        addUser("anna");
        GrantLimits limits =
                new GrantLimits(Optional.of("graph/web"), Set.of(Verb.OPERATE), Optional.of(clock.now.plusSeconds(60)));
        grant("anna", Role.OPERATOR, "shop", limits, false);
        Principal anna = bearer(login("anna")).orElseThrow();
        assertThat(may(anna, Verb.OPERATE, WEB)).isTrue();
        assertThat(may(anna, Verb.UPDATE, WEB)).isFalse();
        assertThat(may(anna, Verb.OPERATE, new ResourceRef("graph", "shop", "api")))
                .isFalse();
        clock.now = clock.now.plusSeconds(60);
        assertThat(may(anna, Verb.OPERATE, WEB)).isFalse();
    }

    @Test
    void aGrantThatNeedsConsentCountsWhenSomebodyElseHasAgreed() {
        addUser("anna");
        addUser("bert");
        String id = text(grant("anna", Role.DEPLOYER, "shop", GrantLimits.NONE, true), "id");
        Principal anna = bearer(login("anna")).orElseThrow();
        assertThat(may(anna, Verb.UPDATE, WEB)).isFalse();
        for (CallContext wrong : List.of(ROOT, call(anna))) {
            refused(Kind.CONFLICT, () -> module.identities().consent(id, wrong));
        }
        String token = text(module.identities().addKey("ci", "", Optional.empty(), ROOT), "token");
        refused(Kind.CONFLICT, () -> module.identities()
                .consent(id, call(bearer(token).orElseThrow())));
        module.identities().consent(id, call(bearer(login("bert")).orElseThrow()));
        assertThat(may(anna, Verb.UPDATE, WEB)).isTrue();
    }

    @Test
    void theEffectIsShownBeforeAndNothingIsChanged() {
        addUser("anna");
        grant("anna", Role.VIEWER, "shop");
        GrantRequest deployer = new GrantRequest("anna", Role.DEPLOYER, "shop", GrantLimits.NONE, false);
        JsonObject effect = module.identities().grant(deployer, true, ROOT);
        assertThat(effect.toJson())
                .contains("\"gains\":{\"graph\":[\"CREATE\",\"UPDATE\",\"DELETE\",\"OPERATE\"]")
                .contains("\"trial\":true");
        assertThat(module.identities().grants(ROOT)).hasSize(1);
        String id = text(module.identities().grant(deployer, false, ROOT), "id");
        assertThat(module.identities().revoke(id, true, ROOT).toJson())
                .contains("\"loses\":{\"graph\":[\"CREATE\",\"UPDATE\",\"DELETE\",\"OPERATE\"]");
        assertThat(module.identities().grants(ROOT)).hasSize(2);
    }

    @Test
    void theStandingOfACallerChangesWithItsRights() {
        addUser("anna");
        CallContext anna = call(bearer(login("anna")).orElseThrow());
        Optional<String> without = module.permissions().standing(anna);
        String id = text(grant("anna", Role.VIEWER, "shop"), "id");
        assertThat(module.permissions().standing(anna)).isPresent().isNotEqualTo(without);
        grant("group:others", Role.VIEWER, "shop");
        Optional<String> with = module.permissions().standing(anna);
        addUser("bert");
        assertThat(module.permissions().standing(anna)).as("others").isEqualTo(with);
        module.identities().revoke(id, false, ROOT);
        assertThat(module.permissions().standing(anna)).isEqualTo(without);
    }

    @Test
    void groupsOfATokenHaveRights() {
        grant("group:devs", Role.DEPLOYER, "shop");
        Principal known = new Principal("idp:carl", Set.of(), Set.of("devs", "all"), "");
        assertThat(may(known, Verb.CREATE, WEB)).isTrue();
        assertThat(may(new Principal("idp:dora", Set.of(), Set.of("ops"), ""), Verb.READ, WEB))
                .isFalse();
    }

    @Test
    void whoIsRemovedLosesEverythingAndANewOneOfTheSameNameGetsNothing() {
        addUser("anna");
        grant("anna", Role.VIEWER, "shop");
        String token = login("anna");
        module.identities().removeUser("anna", ROOT);
        assertThat(bearer(token)).isEmpty();
        addUser("anna");
        assertThat(bearer(token)).isEmpty();
        assertThat(may(bearer(login("anna")).orElseThrow(), Verb.READ, WEB)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"idp:an\u200bna", "idp:an\u202ena", "idp: anna", "idp:", "I:x", "group:a b"})
    void aSubjectThatLooksLikeAnotherOneIsRefused(String subject) {
        refused(Kind.INVALID, () -> grant(subject, Role.VIEWER, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "admin", "anonymous", "smo", "Anna", "an na", "a:b", "-a", "a/b", "../a"})
    void aNameThatWouldMeanSomethingElseIsRefused(String name) {
        refused(Kind.INVALID, () -> addUser(name));
        refused(Kind.INVALID, () -> module.identities().addKey(name, "", Optional.empty(), ROOT));
    }

    @Test
    void aStandbyReadsWhatTheOwnerHasChanged() {
        IdentityModule standby = IdentityModule.withCheapPasswords(store, rights, clock);
        addUser("anna");
        grant("anna", Role.VIEWER, "shop");
        String token = login("anna");
        standby.refresh();
        Principal anna = standby.authenticator().authenticate("Bearer " + token).orElseThrow();
        assertThat(standby.permissions().allow(call(anna), Verb.READ, WEB)).isTrue();
        module.identities().removeUser("anna", ROOT);
        standby.refresh();
        assertThat(standby.permissions().allow(call(anna), Verb.READ, WEB)).isFalse();
        assertThat(standby.authenticator().authenticate("Bearer " + token)).isEmpty();
        standby.close();
    }

    @Test
    void aStandbyThatWasAwayForLongerThanRemovalsAreToldReadsEverything() {
        module.identities().addKey("ci", "", Optional.empty(), ROOT);
        String token = text(module.identities().rotateKey("ci", Duration.ZERO, ROOT), "token");
        IdentityModule standby = IdentityModule.withCheapPasswords(store, rights, clock);
        assertThat(standby.authenticator().authenticate("Bearer " + token)).isPresent();
        module.identities().removeKey("ci", ROOT);
        store.forgetAllRemoved();
        clock.now = clock.now.plus(Duration.ofHours(13));
        standby.refresh();
        assertThat(standby.authenticator().authenticate("Bearer " + token)).isEmpty();
        standby.close();
    }

    /** Something happens between the check of a password and what follows from it. */
    private IdentityModule interrupted(Runnable meanwhile) {
        AccessControl access = new AccessControl() {
            @Override
            public Permissions permissions() {
                return rights;
            }

            @Override
            public AuditTrail audit() {
                return new AuditTrail() {
                    @Override
                    public void record(AuditRecord entry) {
                        // of no interest
                    }

                    @Override
                    public AuditedChange begin(AuditRecord intended) {
                        meanwhile.run();
                        return done -> {};
                    }
                };
            }
        };
        return IdentityModule.withCheapPasswords(store, access, clock);
    }

    @Test
    void whoIsDisabledMeanwhileGetsNeitherASessionNorANewPassword() {
        addUser("anna");
        CallContext anna = call(bearer(login("anna")).orElseThrow());
        UserRequest disabled = new UserRequest(Optional.empty(), Optional.of(false), Optional.empty());
        IdentityModule late = interrupted(() -> module.identities().changeUser("anna", disabled, ROOT));
        refused(Kind.UNAUTHENTICATED, () -> late.sessions().open("anna", PASSWORD, Optional.empty(), ANONYMOUS));
        module.identities()
                .changeUser("anna", new UserRequest(Optional.empty(), Optional.of(true), Optional.empty()), ROOT);
        late.refresh();
        refused(Kind.UNAUTHENTICATED, () -> late.sessions().changePassword(PASSWORD, "another long password", anna));
        module.refresh();
        assertThat(module.identities().user("anna", ROOT).orElseThrow().toJson())
                .contains("\"enabled\":false");
        late.close();
    }

    @Test
    void nobodyGivesAwayMoreThanTheyHave() {
        addUser("anna");
        addUser("bert");
        Instant evening = clock.now.plus(Duration.ofHours(8));
        grant("anna", Role.ADMIN, "shop", new GrantLimits(Optional.empty(), Set.of(), Optional.of(evening)), false);
        CallContext anna = call(bearer(login("anna")).orElseThrow());
        GrantLimits tillEvening = new GrantLimits(Optional.empty(), Set.of(), Optional.of(evening));
        module.identities().grant(new GrantRequest("bert", Role.DEPLOYER, "shop", tillEvening, false), false, anna);
        for (GrantRequest wider : List.of(
                new GrantRequest("anna", Role.ADMIN, "shop", GrantLimits.NONE, false),
                new GrantRequest("anna", Role.VIEWER, "", tillEvening, false))) {
            refused(Kind.FORBIDDEN, () -> module.identities().grant(wider, false, anna));
        }
        refused(Kind.FORBIDDEN, () -> module.identities()
                .changeUser("bert", withPassword("another long password"), anna));
        refused(Kind.FORBIDDEN, () -> module.identities().addKey("mine", "", Optional.empty(), anna));
        grant("bert", Role.ADMIN, "", new GrantLimits(Optional.empty(), Set.of(Verb.CREATE), Optional.empty()), false);
        CallContext bert = call(bearer(login("bert")).orElseThrow());
        refused(Kind.FORBIDDEN, () -> module.identities()
                .grant(new GrantRequest("bert", Role.ADMIN, "", GrantLimits.NONE, false), false, bert));
    }

    @Test
    void whatIsNotSureToBeThereIsNoAdministrator() {
        addUser("anna");
        grant("anna", Role.ADMIN, "");
        grant("group:none", Role.ADMIN, "");
        module.identities().addKey("ci", "", Optional.of(clock.now.plusSeconds(3600)), ROOT);
        grant("key:ci", Role.ADMIN, "");
        refused(Kind.CONFLICT, () -> module.identities().removeUser("anna", ROOT));
    }

    @Test
    void theEffectOfAGrantInAProjectIsAboutTheProject() {
        addUser("anna");
        JsonObject effect = module.identities()
                .grant(new GrantRequest("anna", Role.ADMIN, "shop", GrantLimits.NONE, false), true, ROOT);
        assertThat(effect.toJson())
                .contains("\"grant\":[\"READ\"", "\"graph\":[\"READ\"")
                .doesNotContain("\"user\":", "\"audit\":", "\"configuration\":", "\"server\":");
    }

    @Test
    void loginsAreInTheAudit() {
        addUser("anna");
        rights.reset();
        login("anna");
        refused(Kind.UNAUTHENTICATED, () -> module.sessions().open("anna", "wrong", Optional.empty(), ANONYMOUS));
        refused(Kind.UNAUTHENTICATED, () -> module.sessions().open("no body", "wrong", Optional.empty(), ANONYMOUS));
        assertThat(rights.told())
                .extracting(entry -> entry.action() + " " + entry.target() + " " + entry.outcome())
                .containsExactly(
                        "user.login user/anna accepted",
                        "user.login user/anna unauthenticated",
                        "user.login user/? unauthenticated");
    }

    @Test
    void tooManySessionsOfAUserEndTheOldest() {
        addUser("anna");
        String first = login("anna");
        for (int i = 0; i < 20; i++) {
            clock.now = clock.now.plusSeconds(1);
            login("anna");
        }
        assertThat(bearer(first)).isEmpty();
        assertThat(module.identities().sessions(ROOT)).hasSize(20);
    }
}
