// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import eu.nephele.smo.core.contract.profile.ServiceObservation;
import eu.nephele.smo.scaling.profiler.CapacityLine;
import eu.nephele.smo.scaling.profiler.FitSettings;
import eu.nephele.smo.scaling.profiler.FittedProfile;
import eu.nephele.smo.scaling.profiler.ProfileFit;
import eu.nephele.smo.scaling.profiler.ProfileLearner;
import eu.nephele.smo.scaling.profiler.ProfileSample;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One learner for each version of an artifact, those that were not used for longest forgotten first. Not for several threads. */
final class LearnedArtifacts {

    private static final int FITTED_EVERY = 20;

    private final ProfileSettings settings;
    private final ProfileProposals proposals;
    private final Map<ArtifactVersion, Learning> learning = new LinkedHashMap<>(16, 0.75f, true);
    /** The newest line of each artifact, whatever its version: a first guess for the next one. */
    private final Map<String, CapacityLine> shapes = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Learning {

        private final ProfileLearner learner;
        private int observations;

        Learning(ProfileLearner learner) {
            this.learner = learner;
        }
    }

    LearnedArtifacts(ProfileSettings settings, ProfileProposals proposals) {
        this.settings = settings;
        this.proposals = proposals;
    }

    void observe(ServiceObservation seen, Duration window) {
        Learning known = learning.computeIfAbsent(
                seen.artifact(),
                artifact -> new Learning(new ProfileLearner(
                        FitSettings.live(window),
                        settings.memory(),
                        Optional.ofNullable(shapes.get(artifact.artifact())))));
        known.learner.observe(
                seen.workload().toString(),
                ProfileSample.of(seen.at(), seen.readyReplicas(), seen.handledPerSecond())
                        .withUtilisation(seen.utilisation()));
        known.observations++;
        if (known.observations % FITTED_EVERY == 0) {
            ProfileFit fit = known.learner.fit();
            fit.proposed().ifPresent(profile -> offer(seen.artifact(), profile, fit.reason()));
        }
        forget(learning);
        forget(shapes);
    }

    private void offer(ArtifactVersion artifact, FittedProfile profile, String reason) {
        shapes.put(artifact.artifact(), profile.line());
        proposals.offer(artifact, profile, reason);
    }

    private void forget(Map<?, ?> map) {
        Iterator<?> eldest = map.keySet().iterator();
        while (map.size() > settings.maxArtifacts()) {
            eldest.next();
            eldest.remove();
        }
    }
}
