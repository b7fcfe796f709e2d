// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import eu.nephele.smo.core.profiles.ProfileSettings.ProfilePolicy;
import eu.nephele.smo.core.profiles.ProfileStore.Versioned;
import eu.nephele.smo.scaling.profiler.FittedProfile;
import java.time.Clock;
import java.util.Optional;
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
        StoredProfile learned =
                StoredProfile.of(fit, settings.carefulShare(), "learned from " + reason, clock.instant());
        changed(before.document(), learned, fit).ifPresent(document -> {
            store.write(new Versioned(document, before.generation()));
            LOG.info(
                    "profile learned artifact={} alpha={} beta={} applied={}",
                    artifact,
                    fit.line().alpha(),
                    fit.line().beta(),
                    document.proposal().isEmpty());
        });
    }

    private Optional<ProfileDocument> changed(ProfileDocument before, StoredProfile learned, FittedProfile fit) {
        boolean applies =
                settings.policy() == ProfilePolicy.APPLY && fit.quality().isComplete();
        boolean known =
                before.proposal().filter(stored -> stored.isNear(fit.line())).isPresent()
                        || before.rejected()
                                .filter(stored -> stored.isConsistentWith(fit.line()))
                                .isPresent()
                        || before.applied()
                                .filter(stored ->
                                        applies ? stored.isNear(fit.line()) : stored.isConsistentWith(fit.line()))
                                .isPresent();
        if (known) {
            return Optional.empty();
        }
        return Optional.of(applies ? before.applying(learned) : before.proposing(learned));
    }
}
