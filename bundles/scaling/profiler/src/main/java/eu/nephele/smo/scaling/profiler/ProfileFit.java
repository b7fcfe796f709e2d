// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.util.List;
import java.util.Optional;

/**
 * What samples say about the capacity of a service.
 *
 * @param verdict in a word
 * @param reason for people
 * @param profile the fit, also where it is not good enough to be proposed; empty where there was nothing to fit
 * @param observations what it was fitted to
 */
public record ProfileFit(
        Verdict verdict, String reason, Optional<FittedProfile> profile, List<CapacityObservation> observations) {

    /** What becomes of a fit. */
    public enum Verdict {
        /** good enough to be proposed */
        LEARNED,
        /** hardly any sample was taken under enough load to tell what the most is */
        NOT_ENOUGH_LOAD,
        /** the scatter is too large for a statement */
        NOISE,
        /** more replicas do not serve more: what limits the service is elsewhere */
        REPLICAS_DO_NOT_HELP,
        /** the numbers are in another unit than before, or than they should be */
        UNIT
    }

    public ProfileFit {
        observations = List.copyOf(observations);
    }

    /** The fit, if it is good enough to be proposed. */
    public Optional<FittedProfile> proposed() {
        return verdict == Verdict.LEARNED ? profile : Optional.empty();
    }
}
