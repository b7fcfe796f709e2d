// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import eu.nephele.smo.core.profiles.ProfileSettings.ProfilePolicy;
import eu.nephele.smo.core.profiles.ProfileStore.Versioned;
import eu.nephele.smo.scaling.profiler.FittedProfile;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes proposals of fits, or applies them where the policy says so. What a person has rejected does not come again. */
final class ProfileProposals {

    private static final Logger LOG = LoggerFactory.getLogger(ProfileProposals.class);

    private final ProfileStore store;
    private final ProfileSettings settings;
    private final Clock clock;

    ProfileProposals(ProfileStore store, ProfileSettings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param reason quality of the fit, for people */
    void offer(ArtifactVersion artifact, FittedProfile fit, String reason) {
        Versioned before = store.find(artifact).orElseGet(() -> new Versioned(ProfileDocument.of(artifact), 0));
        boolean applies =
                settings.policy() == ProfilePolicy.APPLY && fit.quality().isComplete();
        if (isKnown(before.document(), fit, applies)) {
            return;
        }
        StoredProfile learned = StoredProfile.of(
                fit, settings.carefulShare(), "learned from " + reason, clock.instant(), nextSequence(artifact));
        ProfileDocument changed = applies
                ? before.document().applying(learned)
                : before.document().proposing(learned);
        store.write(new Versioned(changed, before.generation()));
        LOG.info(
                "profile learned artifact={} alpha={} beta={} applied={}",
                artifact,
                fit.line().alpha(),
                fit.line().beta(),
                applies);
    }

    private static boolean isKnown(ProfileDocument before, FittedProfile fit, boolean applies) {
        return before.proposal().filter(stored -> stored.isNear(fit)).isPresent()
                || before.rejected()
                        .filter(stored -> stored.isConsistentWith(fit))
                        .isPresent()
                || before.applied()
                        .filter(stored -> applies ? stored.isNear(fit) : stored.isConsistentWith(fit))
                        .isPresent();
    }

    /** Whatever its version: the next one begins with the profile that was learned last. */
    private long nextSequence(ArtifactVersion artifact) {
        return 1
                + store.all().stream()
                        .filter(document -> document.artifact().artifact().equals(artifact.artifact()))
                        .flatMap(ProfileDocument::profiles)
                        .mapToLong(StoredProfile::sequence)
                        .max()
                        .orElse(0);
    }
}
