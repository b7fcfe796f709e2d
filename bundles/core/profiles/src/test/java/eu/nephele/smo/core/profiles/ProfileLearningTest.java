// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.Reconciled.Outcome;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import eu.nephele.smo.core.contract.profile.ServiceObservation;
import eu.nephele.smo.core.profiles.ProfileSettings.ProfilePolicy;
import eu.nephele.smo.scaling.profiler.CapacityLine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** From measurements to proposals, decisions of people, and what counts. */
class ProfileLearningTest {

    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final ArtifactVersion WEB = ArtifactVersion.of("oci://registry.example/shop/web:1.2");
    private static final ArtifactVersion NEXT = ArtifactVersion.of("oci://registry.example/shop/web:1.3");

    private final MemoryProfileStore store = new MemoryProfileStore();
    private final AppliedProfiles applied = new AppliedProfiles(store);

    private ProfileLearning learning(ProfilePolicy policy) {
        ProfileSettings settings = new ProfileSettings(policy, 0.9, Duration.ofHours(24), 10);
        ProfileProposals proposals =
                new ProfileProposals(store, settings, Clock.fixed(START.plusSeconds(9), ZoneOffset.UTC));
        return new ProfileLearning(settings, applied, new LearnedArtifacts(settings, proposals), Runnable::run);
    }

    /** Two services that run the same version, 1 to 6 replicas in turn, measured every 30 s. */
    private static void hours(
            ProfileLearning learning, ArtifactVersion artifact, CapacityLine truth, int from, int to) {
        for (int step = from * 120; step < to * 120; step++) {
            List<ServiceObservation> seen = new ArrayList<>();
            for (int service = 0; service < 2; service++) {
                Random random = new Random(31L * step + service);
                int replicas = 1 + (step / 30 + service) % 6;
                double busy = 0.75 + 0.25 * Math.sin(step / 5.0 + service);
                seen.add(new ServiceObservation(
                        artifact,
                        new WorkloadRef(new GraphId("demo", "g" + service), "web"),
                        START.plusSeconds(30L * step),
                        replicas,
                        busy * truth.at(replicas) * (1 + 0.05 * random.nextGaussian()),
                        busy * (1 + 0.05 * random.nextGaussian())));
            }
            learning.observe(seen, WINDOW);
        }
    }

    private void pass(ArtifactVersion artifact, boolean leaving) {
        assertThat(pass(artifact, ProfileDocument.name(artifact), leaving))
                .isEqualTo(leaving ? Outcome.GONE : Outcome.READY);
    }

    private Outcome pass(ArtifactVersion artifact, String name, boolean leaving) {
        Resource resource = new Resource(
                new ResourceRef(ProfileController.KIND_NAME, "", name),
                "u1",
                1,
                1,
                store.document(artifact).json(),
                Map.of(),
                leaving,
                ResourceStatus.NOTHING,
                START,
                START);
        Reconciliation call = new Reconciliation() {
            @Override
            public Clock clock() {
                return Clock.systemUTC();
            }

            @Override
            public Duration remaining() {
                return Duration.ofSeconds(30);
            }
        };
        return new ProfileController(applied).reconcile(resource, call).outcome();
    }

    @Test
    void twoHoursBecomeOneProposalThatDoesNotCountYet() {
        ProfileLearning learning = learning(ProfilePolicy.PROPOSE);
        hours(learning, WEB, new CapacityLine(10, -4), 0, 2);
        StoredProfile proposal = store.document(WEB).proposal().orElseThrow();
        assertThat(proposal.line().alpha()).isCloseTo(10, within(0.5));
        assertThat(proposal.line().beta()).isCloseTo(-4, within(1.0));
        assertThat(proposal.forScaler().alpha()).isLessThan(proposal.line().alpha());
        assertThat(proposal.origin()).startsWith("learned from ").contains("replicas");
        pass(WEB, false);
        assertThat(learning.applied(WEB)).isEmpty();
        assertThat(store.writes).isLessThan(5);
    }

    @Test
    void whatIsAppliedCountsWithItsOriginUntilTheResourceGoes() {
        ProfileLearning learning = learning(ProfilePolicy.PROPOSE);
        hours(learning, WEB, new CapacityLine(10, -4), 0, 2);
        store.change(store.document(WEB).applying(store.document(WEB).proposal().orElseThrow()));
        pass(WEB, false);
        assertThat(learning.applied(WEB).orElseThrow().profile().alpha()).isBetween(8.0, 10.0);
        assertThat(learning.applied(WEB).orElseThrow().origin()).startsWith("learned from ");
        assertThat(learning.applied(NEXT).orElseThrow().origin()).endsWith(", of version 1.2");
        assertThat(learning.applied(new ArtifactVersion("oci://other", "1.2"))).isEmpty();
        pass(WEB, true);
        assertThat(learning.applied(WEB)).isEmpty();
        assertThat(learning.applied(NEXT)).isEmpty();
    }

    @Test
    void byPolicyItIsAppliedAtOnce() {
        hours(learning(ProfilePolicy.APPLY), WEB, new CapacityLine(10, -4), 0, 2);
        assertThat(store.document(WEB).proposal()).isEmpty();
        assertThat(store.document(WEB).applied().orElseThrow().line().alpha()).isCloseTo(10, within(0.5));
    }

    @Test
    void whatWasRejectedComesAgainOnlyAsAnotherOne() {
        ProfileLearning learning = learning(ProfilePolicy.PROPOSE);
        hours(learning, WEB, new CapacityLine(10, -4), 0, 2);
        Map<String, JsonValue> members =
                new LinkedHashMap<>(store.document(WEB).json().members());
        members.put(ProfileDocument.REJECTED, members.remove(ProfileDocument.PROPOSAL));
        store.change(new ProfileDocument(new JsonObject(members)));
        hours(learning, WEB, new CapacityLine(10, -4), 2, 3);
        assertThat(store.document(WEB).proposal()).isEmpty();
        hours(learning, WEB, new CapacityLine(6, -2.4), 3, 4);
        assertThat(store.document(WEB).proposal().orElseThrow().line().alpha()).isCloseTo(6, within(0.4));
    }

    @Test
    void theNextVersionHasAProfileOfItsOwn() {
        ProfileLearning learning = learning(ProfilePolicy.APPLY);
        hours(learning, WEB, new CapacityLine(10, -4), 0, 2);
        hours(learning, NEXT, new CapacityLine(14, -5.6), 2, 3);
        assertThat(store.document(WEB).applied().orElseThrow().line().alpha()).isCloseTo(10, within(0.5));
        assertThat(store.document(NEXT).applied().orElseThrow().line().alpha()).isCloseTo(14, within(0.7));
    }

    @Test
    void switchedOffNothingIsLearned() {
        ProfileLearning learning = learning(ProfilePolicy.OFF);
        assertThat(learning.isLearning()).isFalse();
        hours(learning, WEB, new CapacityLine(10, -4), 0, 2);
        assertThat(store.stored).isEmpty();
    }

    @Test
    void aStoreThatRefusesIsAskedAgain() {
        ProfileLearning learning = learning(ProfilePolicy.PROPOSE);
        store.refuses = true;
        hours(learning, WEB, new CapacityLine(10, -4), 0, 2);
        assertThat(store.stored).isEmpty();
        store.refuses = false;
        hours(learning, WEB, new CapacityLine(10, -4), 2, 3);
        assertThat(store.document(WEB).proposal().orElseThrow().origin()).contains("1 to 6 replicas");
    }

    @Test
    void whatIsStoredCountsFromTheFirstQuestionOnBeforeAnyPass() {
        store.change(applied(WEB, 10, 0, 1));
        assertThat(applied.of(WEB).orElseThrow().profile().alpha()).isEqualTo(10);
    }

    @Test
    void aQuestionThatCannotBeAnsweredYetIsRefusedAndNotAnsweredWithNothing() {
        store.change(applied(WEB, 10, 0, 1));
        store.refuses = true;
        assertThatThrownBy(() -> applied.of(WEB)).isInstanceOf(SmoException.class);
        store.refuses = false;
        assertThat(applied.of(WEB)).isPresent();
    }

    @Test
    void afterAnotherServerHasDecidedItIsReadAgain() {
        store.change(applied(WEB, 10, 0, 1));
        assertThat(applied.of(WEB)).isPresent();
        store.change(applied(WEB, 12, 0, 2));
        applied.readAgain();
        assertThat(applied.of(WEB).orElseThrow().profile().alpha()).isEqualTo(12);
    }

    @Test
    void aVersionWithoutAProfileHasTheOneThatWasLearnedLastWhateverTheClockSays() {
        store.change(applied(WEB, 10, 0, 2));
        store.change(applied(NEXT, 14, 0, 1));
        ArtifactVersion other = new ArtifactVersion(WEB.artifact(), "2.0");
        assertThat(applied.of(other).orElseThrow().profile().alpha()).isEqualTo(10);
    }

    @Test
    void eachProfileOfAnArtifactHasAHigherSequenceThanTheOnesBefore() {
        ProfileLearning learning = learning(ProfilePolicy.APPLY);
        hours(learning, NEXT, new CapacityLine(14, -5.6), 0, 1);
        hours(learning, WEB, new CapacityLine(10, -4), 1, 2);
        assertThat(store.document(WEB).applied().orElseThrow().sequence())
                .isGreaterThan(store.document(NEXT).applied().orElseThrow().sequence());
    }

    @Test
    void aProfileUnderAnotherNameDoesNotCount() {
        store.change(applied(WEB, 10, 0, 1));
        applied.of(WEB);
        store.change(applied(WEB, 3, 0, 9));
        assertThat(pass(WEB, "mine", false)).isEqualTo(Outcome.FAILED);
        assertThat(applied.of(WEB).orElseThrow().profile().alpha()).isEqualTo(10);
        assertThat(pass(WEB, "mine", true)).isEqualTo(Outcome.GONE);
        assertThat(applied.of(WEB)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = ProfilePolicy.class,
            names = {"PROPOSE", "APPLY"})
    void whatIsKnownOfOneNumberOfReplicasIsReplacedOnceSeveralWereSeen(ProfilePolicy policy) {
        // at 3 replicas it says the same as the line, at 1 and 6 it does not
        StoredProfile single = new StoredProfile(JsonObject.EMPTY
                .with("alpha", JsonNumber.of(26.0 / 3))
                .with("beta", JsonNumber.of(0.0))
                .with(
                        "quality",
                        JsonObject.EMPTY.with("minReplicas", JsonNumber.of(3)).with("maxReplicas", JsonNumber.of(3))));
        store.change(ProfileDocument.of(WEB).applying(single));
        hours(learning(policy), WEB, new CapacityLine(10, -4), 0, 2);
        StoredProfile now = store.document(WEB)
                .proposal()
                .or(() -> store.document(WEB).applied())
                .orElseThrow();
        assertThat(now.line().beta()).isCloseTo(-4, within(1.0));
    }

    private static ProfileDocument applied(ArtifactVersion artifact, double alpha, double beta, long sequence) {
        return ProfileDocument.of(artifact)
                .applying(new StoredProfile(JsonObject.EMPTY
                        .with("alpha", JsonNumber.of(alpha))
                        .with("beta", JsonNumber.of(beta))
                        .with("sequence", JsonNumber.of(sequence))));
    }

    @ParameterizedTest
    @CsvSource({
        "oci://r.example:5000/a/web:1.2, oci://r.example:5000/a/web, 1.2",
        "oci://r.example:5000/a/web, oci://r.example:5000/a/web, ''",
        "oci://r.example/a/web@sha256:ab, oci://r.example/a/web, sha256:ab",
        "oci://r.example/a/web:1.2@sha256:ab, oci://r.example/a/web, 1.2"
    })
    void aReferenceIsDividedIntoArtifactAndVersion(String reference, String artifact, String version) {
        assertThat(ArtifactVersion.of(reference)).isEqualTo(new ArtifactVersion(artifact, version));
    }

    @Test
    void namesOfResourcesAreReadableAndUnique() {
        assertThat(ProfileDocument.name(WEB)).matches("web-1-2-[0-9a-f]{8}");
        assertThat(ProfileDocument.name(new ArtifactVersion("oci://other/web", "1.2")))
                .isNotEqualTo(ProfileDocument.name(WEB));
        assertThat(ProfileDocument.name(new ArtifactVersion("oci://r/" + "Ü".repeat(300), "")))
                .matches("profile-[0-9a-f]{8}");
    }

    @Test
    void anUnknownPolicyIsRefused() {
        assertThatThrownBy(() -> new ProfileSettings(ProfileSettings.policy("always"), 0.9, Duration.ofHours(1), 1))
                .hasMessage("profilePolicy=always, expected propose, apply or off");
    }

    @ParameterizedTest
    @CsvSource({
        "0.4, 1, 1, 'carefulShare=0.4, expected 0.5 to 0.99'",
        "NaN, 1, 1, 'carefulShare=NaN, expected 0.5 to 0.99'",
        "0.9, 0, 1, 'memoryHours=0, expected 1 or more'",
        "0.9, 1, 0, 'maxArtifacts=0, expected 1 or more'"
    })
    void aSettingThatCannotWorkIsRefused(double share, int hours, int artifacts, String message) {
        assertThatThrownBy(() -> new ProfileSettings(ProfilePolicy.PROPOSE, share, Duration.ofHours(hours), artifacts))
                .hasMessage(message);
    }
}
