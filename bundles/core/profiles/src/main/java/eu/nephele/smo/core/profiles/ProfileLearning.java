// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import eu.nephele.smo.core.contract.profile.ServiceObservation;
import eu.nephele.smo.core.contract.profile.ServiceProfiles;
import eu.nephele.smo.core.profiles.ProfileSettings.ProfilePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns beside the scaling pass, which does not wait: what comes while the last measurements are worked on is dropped. */
final class ProfileLearning implements ServiceProfiles {

    private static final Logger LOG = LoggerFactory.getLogger(ProfileLearning.class);

    private final ProfileSettings settings;
    private final AppliedProfiles applied;
    private final LearnedArtifacts artifacts;
    private final Executor executor;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** @param executor of one thread */
    ProfileLearning(ProfileSettings settings, AppliedProfiles applied, LearnedArtifacts artifacts, Executor executor) {
        this.settings = settings;
        this.applied = applied;
        this.artifacts = artifacts;
        this.executor = executor;
    }

    @Override
    public boolean isLearning() {
        return settings.policy() != ProfilePolicy.OFF;
    }

    @Override
    public void observe(List<ServiceObservation> observations, Duration window) {
        if (!isLearning() || observations.isEmpty() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(() -> learn(observations, window));
        } catch (RejectedExecutionException stopping) {
            // nobody learns any more, and the pass of scaling has nothing to do with it
            busy.set(false);
        }
    }

    private void learn(List<ServiceObservation> observations, Duration window) {
        try {
            observations.forEach(seen -> learn(seen, window));
        } finally {
            busy.set(false);
        }
    }

    private void learn(ServiceObservation seen, Duration window) {
        try {
            artifacts.observe(seen, window);
        } catch (SmoException refused) {
            // the next fit is offered again
            LOG.warn(
                    "storing a learned profile failed artifact={} reason=\"{}\"",
                    seen.artifact(),
                    refused.getMessage());
        } catch (RuntimeException failed) {
            LOG.warn(
                    "learning a profile failed artifact={}; it goes on with the next measurement",
                    seen.artifact(),
                    failed);
        }
    }

    @Override
    public Optional<AppliedProfile> applied(ArtifactVersion artifact) {
        return applied.of(artifact);
    }
}
