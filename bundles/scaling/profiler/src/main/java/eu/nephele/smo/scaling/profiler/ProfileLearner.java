// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns the profile of one version of a service, sample by sample. It keeps those that tell about capacity, and some of those at
 * rest to compare with. When the capacity changes, what was before is dropped. The result depends on the samples alone. Not for
 * several threads.
 */
public final class ProfileLearner {

    /** Kept samples under load: 2 hours at one every 15 s. */
    private static final int LOADED = 480;

    private static final int AT_REST = 60;
    private static final int MOST_SOURCES = 1_000;
    private static final int FITTED_EVERY = 10;
    /** Samples under load that are needed before a change can be told from chance. */
    private static final int SETTLED = 30;

    private static final double LEAST_SPREAD = 0.03;

    private final FitSettings settings;
    private final ProfileEstimator estimator;
    private final Duration memory;
    private final Deque<ProfileSample> loaded = new ArrayDeque<>();
    private final Deque<ProfileSample> atRest = new ArrayDeque<>();
    private final Map<String, SampleFilter> filters = new LinkedHashMap<>(16, 0.75f, true);
    private ChangeDetector detector = new ChangeDetector();
    private Optional<CapacityLine> before;
    private Optional<FittedProfile> current = Optional.empty();
    private Optional<Instant> changed = Optional.empty();
    private Instant judged = Instant.MIN;
    private CapacityReader reader;
    private int sinceRead;
    private int sinceFit;
    private int given;

    /** @param memory how long samples count */
    public ProfileLearner(FitSettings settings, Duration memory) {
        this(settings, memory, Optional.empty());
    }

    /** @param before profile of the version before this one, whose shape is a first guess */
    public ProfileLearner(FitSettings settings, Duration memory, Optional<CapacityLine> before) {
        this.settings = settings;
        this.estimator = new ProfileEstimator(settings);
        this.memory = memory;
        this.before = before;
        this.reader = new CapacityReader(List.of(), settings);
    }

    /** Takes one more sample of the only service; they come in the order of their times. */
    public void observe(ProfileSample sample) {
        observe("", sample);
    }

    /**
     * Takes one more sample.
     *
     * @param source service that it is of, where several run the same version; those of each come in the order of their times
     */
    public void observe(String source, ProfileSample sample) {
        given++;
        if (!filter(source).counts(sample)) {
            return;
        }
        if (sinceRead++ % FITTED_EVERY == 0 || loaded.size() + atRest.size() < AT_REST) {
            reader = new CapacityReader(samples(), settings);
        }
        Optional<CapacityObservation> seen = reader.read(sample);
        keep(seen.isPresent() ? loaded : atRest, sample, seen.isPresent() ? LOADED : AT_REST);
        if (seen.isPresent()) {
            sinceFit++;
            current.flatMap(fit -> change(fit, seen.get())).ifPresent(this::forgetBefore);
        }
        if (sinceFit >= FITTED_EVERY && loaded.size() >= SETTLED) {
            current = fit().profile();
            sinceFit = 0;
        }
    }

    /** What the samples say by now. */
    public ProfileFit fit() {
        return estimator.fitAccepted(samples(), before, given);
    }

    /** Since when the present profile holds, if it was another one before. */
    public Optional<Instant> changedSince() {
        return changed;
    }

    private SampleFilter filter(String source) {
        SampleFilter filter = filters.computeIfAbsent(source, name -> new SampleFilter(settings.window()));
        if (filters.size() > MOST_SOURCES) {
            filters.remove(filters.keySet().iterator().next());
        }
        return filter;
    }

    private Optional<Instant> change(FittedProfile fit, CapacityObservation seen) {
        double expected = fit.line().at(seen.replicas());
        // values whose windows overlap are no further evidence
        boolean overlapping = seen.at().minus(settings.window()).isBefore(judged)
                && !seen.at().isBefore(judged);
        if (expected <= 0 || overlapping) {
            return Optional.empty();
        }
        judged = seen.at();
        return detector.changedSince(
                seen.at(),
                seen.perSecond() / expected - 1,
                Math.max(LEAST_SPREAD, fit.quality().spread()));
    }

    private void forgetBefore(Instant since) {
        before = current.map(FittedProfile::line).or(() -> before);
        current = Optional.empty();
        changed = Optional.of(since);
        detector = new ChangeDetector();
        // the first windows have requests of before
        loaded.removeIf(sample -> sample.at().isBefore(since.plus(settings.window())));
        atRest.removeIf(sample -> sample.at().isBefore(since.minus(memory)));
    }

    private void keep(Deque<ProfileSample> kept, ProfileSample sample, int most) {
        kept.addLast(sample);
        while (kept.size() > most || kept.getFirst().at().isBefore(sample.at().minus(memory))) {
            kept.removeFirst();
        }
    }

    private List<ProfileSample> samples() {
        List<ProfileSample> all = new ArrayList<>(atRest);
        all.addAll(loaded);
        all.sort(Comparator.comparing(ProfileSample::at));
        return all;
    }
}
